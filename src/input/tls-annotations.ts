/** Annotations by which a load balancer or an Ingress speaks TLS or redirects to it; what is in them is no secret. */
export const tlsAnnotations: ReadonlySet<string> = new Set([
  'kubernetes.io/ingress.class', 'kubernetes.io/ingress.allow-http', 'networking.gke.io/v1beta1.FrontendConfig',
  ...['nginx.ingress.kubernetes.io', 'ingress.kubernetes.io', 'haproxy.org', 'haproxy-ingress.github.io', 'nginx.org']
    .flatMap(prefix => ['ssl-redirect', 'force-ssl-redirect', 'redirect-to-https', 'ssl-passthrough', 'backend-protocol'].map(name => `${prefix}/${name}`)),
  ...['router.entrypoints', 'router.middlewares', 'router.tls'].map(name => `traefik.ingress.kubernetes.io/${name}`),
  ...[
    'aws-load-balancer-ssl-cert', 'aws-load-balancer-ssl-ports', 'do-loadbalancer-certificate-id', 'do-loadbalancer-tls-ports', 'do-loadbalancer-redirect-http-to-https',
    'oci-load-balancer-ssl-ports', 'oci-load-balancer-tls-secret', 'scw-loadbalancer-certificate-ids', 'linode-loadbalancer-default-protocol',
  ].map(name => `service.beta.kubernetes.io/${name}`),
  ...['http-certificates', 'certificate-type', 'http-redirect-http'].map(name => `load-balancer.hetzner.cloud/${name}`),
])
