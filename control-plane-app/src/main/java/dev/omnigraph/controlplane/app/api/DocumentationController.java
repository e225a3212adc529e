package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.security.OpenToAll;
import dev.omnigraph.controlplane.json.JsonObject;
import java.net.URI;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's reviewed document, and the way to the page that shows it. */
@RestController
@ConditionalOnBooleanProperty(name = "control-plane.documentation.enabled", matchIfMissing = true)
class DocumentationController {

    private final JsonObject document;

    DocumentationController(ApiDocument document) {
        this.document = document.json();
    }

    @GetMapping("/v3/api-docs")
    @OpenToAll
    ResponseEntity<byte[]> document() {
        return Answers.ok(document);
    }

    @GetMapping("/swagger-ui")
    @OpenToAll
    ResponseEntity<byte[]> page() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/swagger-ui/index.html"))
                .build();
    }
}
