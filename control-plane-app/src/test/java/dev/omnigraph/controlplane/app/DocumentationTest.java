package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationTest {

    @TempDir
    Path folder;

    @BeforeEach
    void configure() {
        SampleCluster.in(folder);
    }

    @Test
    void theReviewedDocumentIsServedAndShownByThePage() {
        try (RunningService service = RunningService.over(folder)) {
            Answer document = service.client().get("/v3/api-docs");
            assertThat(document.text("openapi")).isEqualTo("3.1.0");

            Answer redirect = service.client().get("/swagger-ui");
            assertThat(redirect.status()).isEqualTo(302);
            Answer page = service.client().get(redirect.header("Location"));
            assertThat(page.body()).contains("swagger-initializer.js");
            assertThat(service.client()
                            .get("/swagger-ui/swagger-initializer.js")
                            .body())
                    .contains("\"/v3/api-docs\"")
                    .doesNotContain("petstore");
            assertThat(service.client().get("/swagger-ui/swagger-ui-bundle.js").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSettingTurnsBothOff() {
        try (RunningService service = RunningService.over(folder, "--control-plane.documentation.enabled=false")) {
            for (String path : new String[] {"/swagger-ui/index.html", "/swagger-ui/swagger-ui-bundle.js"}) {
                assertThat(service.client().get(path).status()).isEqualTo(404);
            }
        }
    }
}
