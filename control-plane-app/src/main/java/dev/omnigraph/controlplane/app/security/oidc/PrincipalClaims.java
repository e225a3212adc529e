package dev.omnigraph.controlplane.app.security.oidc;

import dev.omnigraph.controlplane.app.security.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Where a token says whom it stands for.
 *
 * @param nameClaim the claim that names the principal
 * @param rolesClaim the claim with the roles: a list, or one text with spaces between; dots lead into objects
 * @param rolePrefix what stands before our role names there
 */
public record PrincipalClaims(String nameClaim, String rolesClaim, String rolePrefix) {

    Optional<String> name(Jwt jwt) {
        return at(jwt.getClaims(), nameClaim).filter(String.class::isInstance).map(String.class::cast);
    }

    Set<Role> roles(Jwt jwt) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        at(jwt.getClaims(), rolesClaim).map(PrincipalClaims::words).orElse(List.of()).stream()
                .filter(word -> word.startsWith(rolePrefix))
                .map(word -> Role.named(word.substring(rolePrefix.length())))
                .flatMap(Optional::stream)
                .forEach(roles::add);
        return roles;
    }

    /** A claim whose very name has dots comes before a path of the same text. */
    private static Optional<Object> at(Map<String, Object> claims, String path) {
        @Nullable Object whole = claims.get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        Object place = claims;
        for (String name : path.split("\\.", -1)) {
            @Nullable Object inner = place instanceof Map<?, ?> object ? object.get(name) : null;
            if (inner == null) {
                return Optional.empty();
            }
            place = inner;
        }
        return Optional.of(place);
    }

    private static List<String> words(Object claim) {
        if (claim instanceof Collection<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return claim instanceof String text ? Arrays.asList(text.split(" ", -1)) : List.of();
    }
}
