# METADATA
# title: Pin images to a version tag or digest, never latest
# description: |
#   A tag that moves makes a restart an upgrade that nobody reviewed. A digest or a tag with a version passes; no tag, `latest`, a digest that is
#   cut short, and names that move (`stable`, `main`, `alpine`, any tag without a digit) do not. A tag that fixes only a major version (`7-alpine`) or a release of a
#   distribution (`bookworm-slim`) is a warning. Images of the machine itself (registry `localhost`, pull policy `Never`, built by the Compose
#   service that runs them) fail only for `latest` or no tag.
#   `${TAG:-1.2}` is judged by its default, and a default that fails is a warning, since the deployment may set it. A variable without a default
#   and a template are not judged, unless what stands around them decides. A container without an image, a Helm value without a tag key, an
#   empty Helm tag (the version of the chart), `scratch` and earlier stages of a Dockerfile ask for nothing.
#   An image that a kustomization of the run replaces (`images`) is judged as it is then, once for each overlay that makes another of it.
#   Limits: whether a version tag is pushed anew under the same name cannot be seen; only a digest excludes it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes, compose, hangar-config, dockerfile, helm-values]
#   items: [hangar-032, gateway-033]
#   also: [OWASP-K8s-2022 K02]
#   fix: "yes: replace latest by the version that the last scan or registry lookup resolved (offered with the resolved digest, never guessed)"
#   remediation: Name the version that you tested, `name:1.2.3`, best with its digest, and let a bot propose updates.
package mcp.controls.image.pinned_tag

import data.mcp.lib.finding

judged contains {"artefact": image.artefact} if {
	some image in _images
	not _open[image.reference.pin]
}

judged contains {"artefact": image.artefact} if {
	some image in _images
	image.reference.fault == "digest"
}

findings contains finding.at(image, message) if {
	some image in _images
	reason := _fault(image.reference)
	not image.reference.default
	not image.off
	message := $"{image.what} uses {_shown(image)}, {reason}"
}

findings contains finding.advice(image, message) if {
	some image in _images
	image.reference.default
	reason := _fault(image.reference)
	message := $"{image.what} uses {_shown(image)} by default, {reason}"
}

findings contains finding.advice(image, message) if {
	some image in _images
	image.off
	not image.reference.default
	reason := _fault(image.reference)
	message := $"{image.what}, which is switched off, uses {_shown(image)}, {reason}"
}

findings contains finding.advice(image, message) if {
	some image in _images
	not image.reference.local
	reason := _loose[image.reference.pin]
	message := $"{image.what} uses {_shown(image)}, {reason}"
}

undecided contains {"artefact": image.artefact, "path": image.path, "reason": reason} if {
	some image in _images
	image.reference.pin == "unresolved"
	unresolved := image.reference.unresolved
	reason := $"the image of {image.what} is not known: {unresolved}"
}

undecided contains {"artefact": image.artefact, "path": image.path, "reason": reason} if {
	some image in _images
	image.reference.pin == "invalid"
	not image.reference.fault
	reason := $"the image of {image.what} is no image reference"
}

default _images := []

_images := [image |
	some index, artefact in input.artefacts
	some use in artefact.images
	image := {
		"artefact": index,
		"path": use.path,
		"what": use.what,
		"reference": use.reference,
		"off": object.get(use, "off", false),
		"by": object.get(use, "by", ""),
	}
]

_open := {"unresolved": true, "invalid": true}

_fault(reference) := "which has no tag and so means latest" if reference.pin == "none"

# Nothing runs it, and nothing is pinned by it.
else := "whose digest is invalid: one of sha256 has 64 hexadecimal digits in small letters" if reference.fault == "digest"

else := "which is another image with every release" if reference.pin == "latest"

else := "whose tag names no version" if {
	reference.pin == "moving"
	not reference.local
}

_loose := {
	"major-only": "whose tag fixes only the major version",
	"distribution-only": "whose tag names a distribution and no version",
}

_shown(image) := _named(image.reference) if image.by == ""

else := $"{_named(image.reference)} by {image.by}"

_named(reference) := reference.text if reference.text

else := $"an image {reference.name}:{reference.tag}" if {
	reference.name
	reference.tag
}

else := $"an image {reference.name}" if reference.name

else := $"an image with the tag {reference.tag}"
