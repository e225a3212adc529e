package dev.omnigraph.controlplane.testendpoints;

import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.OpenToAll;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Role;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a test adds to the service: principals with the roles their token names, and endpoints that are not right. */
@Configuration(proxyBeanMethods = false)
@Import(TestEndpoints.Wrong.class)
public class TestEndpoints {

    /** A token such as {@code viewer+admin} stands for someone with these roles. */
    @Bean
    @Primary
    Authenticator rolesByToken() {
        return authorization -> {
            String[] names = authorization.orElseThrow().replace("Bearer ", "").split("\\+", -1);
            return new Principal(
                    Optional.of("someone"),
                    Arrays.stream(Role.values())
                            .filter(role -> Arrays.asList(names).contains(role.wire()))
                            .collect(Collectors.toSet()));
        };
    }

    /** Endpoints with mistakes in them. */
    @RestController
    public static class Wrong {

        /** Names no role. */
        @GetMapping("/test/without-role")
        public String withoutRole() {
            return "nobody should see this";
        }

        /** Has a bug. */
        @GetMapping("/test/failing")
        @OpenToAll
        public String failing() {
            throw new IllegalStateException("a secret of the bug");
        }
    }
}
