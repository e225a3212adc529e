package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ConfigurationFolder;
import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.command.FilesOutput;
import dev.omnigraph.controlplane.command.PlanOutput;
import dev.omnigraph.controlplane.command.PlanText;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.config.LooseFiles;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The commands that only tell: their findings are answers, whatever they are. */
@RestController
class ReadController {

    private static final List<String> VALIDATED = List.of("files", Naming.CONFIGURATION);

    /** Segments joined by single slashes, none of them empty, {@code .} or {@code ..}. */
    private static final Pattern PATH = Pattern.compile("(?!\\.{1,2}(/|$))[^/\\x00]+(/(?!\\.{1,2}(/|$))[^/\\x00]+)*");

    private final ConfigurationFolder folder;
    private final Configurations configurations;
    private final ClusterService cluster;
    private final ClusterIdentity identity;

    ReadController(
            ConfigurationFolder folder,
            Configurations configurations,
            ClusterService cluster,
            ClusterIdentity identity) {
        this.folder = folder;
        this.configurations = configurations;
        this.cluster = cluster;
        this.identity = identity;
    }

    @PostMapping("/validate")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> validate(JsonObject body) {
        Optional<ConfigurationName> named = BodyMembers.read(body, VALIDATED, Naming::configuration);
        Optional<Map<String, FileContent>> files = BodyMembers.read(body, VALIDATED, ReadController::files);
        CommandOutput output = files.map(this::validate)
                .orElseGet(() -> cluster.validate(configurations.load(named).load()));
        return Answers.ok(output.toJson());
    }

    private CommandOutput validate(Map<String, FileContent> files) {
        return LooseFiles.areLoose(files) ? new FilesOutput(folder.check(files)) : cluster.validate(folder.load(files));
    }

    @PostMapping("/plan")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> plan(JsonObject body, @RequestHeader HttpHeaders headers) {
        Optional<ConfigurationName> named =
                BodyMembers.read(body, List.of(Naming.CONFIGURATION), Naming::configuration);
        PlanOutput plan = cluster.plan(configurations.load(named).load());
        return Answers.prefersText(headers)
                ? Answers.text(PlanText.render(plan))
                : Answers.ok(Naming.with(identity, plan.toJson()));
    }

    private static Optional<Map<String, FileContent>> files(TypedObject body) throws JsonShapeException {
        if (!body.has("files")) {
            return Optional.empty();
        }
        if (body.has(Naming.CONFIGURATION)) {
            throw new JsonShapeException(
                    body.child("files"), "stands beside `configuration`; one of the two is checked");
        }
        Map<String, FileContent> files = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> file : body.mapOrEmpty("files").entrySet()) {
            if (!PATH.matcher(file.getKey()).matches()) {
                throw new JsonShapeException(body.child("files"), "`" + file.getKey() + "` is no plain relative path");
            }
            if (!(file.getValue() instanceof JsonString content)) {
                throw new JsonShapeException(body.child("files." + file.getKey()), "expected the file's text");
            }
            files.put(file.getKey(), FileContent.of(content.value().getBytes(StandardCharsets.UTF_8)));
        }
        Optional<String> objection = LooseFiles.areLoose(files) ? LooseFiles.objection(files) : Optional.empty();
        if (objection.isPresent()) {
            throw new JsonShapeException(body.child("files"), objection.get());
        }
        return Optional.of(files);
    }
}
