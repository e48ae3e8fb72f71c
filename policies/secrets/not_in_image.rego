# METADATA
# title: Bake no secrets into images
# description: |
#   Image layers are immutable, shared and easy to unpack.
#
#   A fault is what stands in the image that the last stage makes: a variable with the name of a secret and a value (ENV, also one that takes a build
#   argument over, or an ARG with a default), a file of secrets that is copied (`.env`, `secrets/`, `.git`, private keys), and a RUN that writes a
#   password in an address, in `curl -u` or `wget --password`, in a header or in `export`, or that clones with a token in the address, which git keeps. A copy of the whole context
#   is one when its .dockerignore does not keep out `.env` and `.git`; `secrets` and other `.env.*` that it lets through are advice, since they may not be there.
#   An argument without a default shows in the image's history when it is given at the build: advice, unless the Dockerfile mounts a secret
#   (`RUN --mount=type=secret`). What stays in a stage that only builds is advice as well: it is in the build's cache, not in the image.
#   Examples of env files, certificates and public keys are no secrets, and neither is a variable that names a file.
#
#   The .dockerignore is that of `<Dockerfile>.dockerignore` beside it, of the Dockerfile's folder, or of the nearest folder above in the repository; where nobody
#   could look for it (standard input) a copy of the whole context is undecidable. Scripts that a RUN starts are not read.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: critical
#   admission: none
#   artefacts: [dockerfile]
#   unread: [sarif-report]
#   items: [stack-079]
#   also: [CIS-Docker 4.10]
#   fix: "yes: add the missing .dockerignore lines"
#   remediation: |
#     Mount what the build needs (`RUN --mount=type=secret,id=token,env=TOKEN ...`) and give the program its secrets when it runs. Write `.env*`, `secrets` and `.git` into the
#     .dockerignore, or copy only what the program needs. A secret that was in an image is public: change it.
package mcp.controls.secrets.not_in_image

import data.mcp.lib.finding

judged contains {"artefact": index} if some index, _ in input.artefacts

findings contains finding.at(fault, fault.message) if {
	some fault in _faults
	fault.baked
}

findings contains finding.advice(fault, $"{fault.message}, in a stage that the image does not take over") if {
	some fault in _faults
	not fault.baked
}

findings contains finding.advice(advice, advice.message) if some advice in _advice

undecided contains {"artefact": instruction.artefact, "path": instruction.path, "reason": $"the context is not known: {artefact.context.unresolved}"} if {
	some instruction in _whole_copies
	artefact := input.artefacts[instruction.artefact]
	is_string(artefact.context.unresolved)
}

default _instructions := []

_instructions := [instruction |
	some index, artefact in input.artefacts
	some position, value in artefact.value.instructions
	instruction := {
		"artefact": index,
		"path": ["instructions", position],
		"keyword": value.keyword,
		"value": value,
		"baked": object.get(value, "baked", false),
	}
]

default _faults := []

_faults := array.concat(array.concat(_variables, _copies), array.concat(_whole, array.concat(_runs, _words)))

_variables := [fault |
	some instruction in _instructions
	_pairs[instruction.keyword]
	some at, pair in instruction.value.pairs
	what := _value_fault(instruction, pair)
	fault := object.union(instruction, {
		"path": array.concat(instruction.path, ["pairs", at, "value"]),
		"message": $"{instruction.keyword} {pair.name} {what}",
	})
]

_pairs := {"ENV": true, "ARG": true, "LABEL": true}

_value_fault(instruction, pair) := $"has a secret of {pair.value.secret.length} characters written in it" if {
	_written[pair.value.secret.class]
} else := $"takes the build argument {pair.value.secret.variable} over into the image" if {
	instruction.keyword != "ARG"
	pair.value.secret.variable
	_arguments[pair.value.secret.variable]
}

_written := {"literal": true, "default-literal": true, "mixed": true}

# Names of build arguments that no file has a value for.
_arguments := {pair.name: true |
	some instruction in _instructions
	instruction.keyword == "ARG"
	some pair in instruction.value.pairs
}

# What is copied and named for a secret.
_copies := [fault |
	some instruction in _copying
	some source in array.slice(_sources(instruction), 0, count(_sources(instruction)) - 1)
	is_string(source)
	what := _named(source)
	fault := object.union(instruction, {"message": $"{instruction.keyword} takes {what}"})
]

_copying := [instruction |
	some instruction in _instructions
	_copiers[instruction.keyword]
]

_copiers := {"COPY": true, "ADD": true}

_sources(instruction) := object.get(instruction.value, "arguments", [])

_named(source) := "an env file" if {
	_is_env(_base(source))
} else := "the history of the repository" if {
	_base(source) == ".git"
} else := $"{_base(source)}" if {
	data.image_secrets.names[_base(source)]
	not _is_code(source)
	not contains(source, "://")
} else := $"a file of {folder}" if {
	not contains(source, "://")
	not _is_code(source)
	folder := [part | some part in split(source, "/"); data.image_secrets.folders[part]][0]
} else := "a private key" if {
	not contains(source, "://")
	_is_key(lower(_base(source)))
}

default _is_env(_) := false

_is_env(base) if {
	_env_name(base)
	count([word | some word in data.image_secrets.env_examples; contains(base, word)]) == 0
}

default _env_name(_) := false

_env_name(".env") := true

_env_name(base) if endswith(base, ".env")

_env_name(base) if {
	some start in data.image_secrets.env_starts
	startswith(base, start)
}

default _is_key(_) := false

_is_key(base) if {
	some ending in data.image_secrets.key_endings
	endswith(base, ending)
	words := replace(replace($"_{base}_", ".", "_"), "-", "_")
	count([word | some word in data.image_secrets.public_words; contains(words, word)]) == 0
}

default _is_code(_) := false

# A package of the program is called like that, too.
_is_code(source) if {
	parts := [part | some part in split(trim_left(source, "./"), "/"); part != ""]
	count(parts) > 1
	data.image_secrets.code[parts[0]]
}

_base(source) := parts[count(parts) - 1] if {
	parts := split(trim_right(source, "/"), "/")
}

# The whole context, of which the ignore file decides what it is.
_whole_copies := [instruction |
	some instruction in _copying
	not _from(instruction)
	some source in array.slice(_sources(instruction), 0, count(_sources(instruction)) - 1)
	_all[source]
]

_all := {".": true, "./": true, "/": true, "*": true, "./*": true, "/.": true, "./.": true, "**": true}

default _from(_) := false

_from(instruction) if {
	some flag in instruction.value.flags
	flag.name == "from"
}

_whole := [fault |
	some instruction in _whole_copies
	context := input.artefacts[instruction.artefact].context
	not context.unresolved
	open := [name | some name in [".env", ".git"]; not _excluded(instruction, context, name)]
	count(open) > 0
	fault := object.union(instruction, {"message": $"{instruction.keyword} takes the whole context, {_kept_out(context)} {concat(" and ", open)}"})
]

_kept_out(context) := "and its .dockerignore does not keep out" if context.ignored

else := "and there is no .dockerignore to keep out"

default _excluded(_, _, _) := false

_excluded(_, context, name) if context[_key[name]]

_excluded(instruction, _, name) if {
	some flag in instruction.value.flags
	flag.name == "exclude"
	_excludes[name][trim_left(flag.value, "*/")]
}

_key := {".env": "env", ".git": "git", ".env.*": "env_variants", "secrets": "secrets"}

_excludes := {
	".env": {".env": true, ".env*": true},
	".git": {".git": true, ".git/": true, ".git*": true},
	".env.*": {".env.*": true, ".env*": true},
	"secrets": {"secrets": true, "secrets/": true, "secrets/**": true},
}

_advice := array.concat(_half_open, _open_arguments)

# There is an ignore file, it keeps the usual ones out and would let others through.
_half_open := [advice |
	some instruction in _whole_copies
	instruction.baked
	context := input.artefacts[instruction.artefact].context
	context.ignored
	_excluded(instruction, context, ".env")
	_excluded(instruction, context, ".git")
	open := [name | some name in [".env.*", "secrets"]; not _excluded(instruction, context, name)]
	count(open) > 0
	advice := object.union(instruction, {"message": $"{instruction.keyword} takes the whole context, and its .dockerignore would let {concat(" and ", open)} through"})
]

_open_arguments := [advice |
	some instruction in _instructions
	instruction.keyword == "ARG"
	not _mounts_secret[instruction.artefact]
	some at, pair in instruction.value.pairs
	_unset[pair.value.secret.class]
	advice := object.union(instruction, {
		"path": array.concat(instruction.path, ["pairs", at, "name"]),
		"message": $"ARG {pair.name} is a secret that shows in the history of the image when it is given",
	})
]

_unset := {"empty": true, "default-empty": true, "reference": true}

_mounts_secret := {instruction.artefact: true |
	some instruction in _instructions
	instruction.keyword == "RUN"
	_secret_mount(instruction)
}

default _secret_mount(_) := false

_secret_mount(instruction) if {
	some flag in instruction.value.flags
	flag.name == "mount"
	some kind in ["type=secret", "type=ssh"]
	contains(flag.value, kind)
}

_runs := [fault |
	some instruction in _instructions
	some secret in instruction.value.run_secrets
	what := _run_fault(instruction, secret)
	fault := object.union(instruction, {"message": $"{instruction.keyword} {what}"})
]

_run_fault(_, secret) := {
	"url": "has a password written in an address",
	"curl": "has the password of curl -u written in it",
	"wget": "has the password of wget written in it",
	"header": "has the credentials of a header written in it",
	"token": "has a provider's token or a private key written in it",
}[secret.what]

_run_fault(_, secret) := $"exports {secret.name} with a value written in it" if secret.what == "export"

_run_fault(instruction, secret) := "gives git an address with a secret in it, which git keeps" if {
	secret.what == "clone"
	not _secret_mount(instruction)
}

# Command lines that the image keeps.
_words := [fault |
	some instruction in _instructions
	_commands[instruction.keyword]
	some at, word in instruction.value.arguments
	_written[word.secret.class]
	fault := object.union(instruction, {"message": $"{instruction.keyword} has a secret of {word.secret.length} characters written in it"})
]

_commands := {"CMD": true, "ENTRYPOINT": true}
