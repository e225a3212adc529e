package dev.omnigraph.controlplane.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

    @ParameterizedTest
    @CsvSource({
        "VIEWER,   true,  false, false, false",
        "OPERATOR, true,  true,  false, false",
        "APPROVER, true,  false, true,  false",
        "ADMIN,    true,  false, false, true"
    })
    void everyRoleIncludesTheViewerAndNothingElse(
            Role role, boolean viewer, boolean operator, boolean approver, boolean admin) {
        Principal principal = new Principal(Optional.of("andrew"), Set.of(role));

        assertThat(principal.may(Role.VIEWER)).isEqualTo(viewer);
        assertThat(principal.may(Role.OPERATOR)).isEqualTo(operator);
        assertThat(principal.may(Role.APPROVER)).isEqualTo(approver);
        assertThat(principal.may(Role.ADMIN)).isEqualTo(admin);
    }

    @Test
    void nobodyMayDoNothing() {
        assertThat(new Principal(Optional.of("andrew"), Set.of()).may(Role.VIEWER))
                .isFalse();
    }
}
