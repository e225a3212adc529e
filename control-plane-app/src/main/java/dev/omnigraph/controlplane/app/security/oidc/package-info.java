/** Tokens that an OpenID Connect issuer gives out. */
@NullMarked
package dev.omnigraph.controlplane.app.security.oidc;

import org.jspecify.annotations.NullMarked;
