package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.http.UploadedArchive;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.archive.ArchiveRefusedException;
import dev.omnigraph.controlplane.archive.ConfigurationArchive;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.desired.ConfigurationIntake;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.desired.ConfigurationStore;
import dev.omnigraph.controlplane.desired.ConfigurationStore.Storing;
import dev.omnigraph.controlplane.desired.StoredConfiguration;
import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stored configurations: taken in, listed, handed out again. */
@RestController
class ConfigurationController {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationController.class);

    private static final String ZIP = "application/zip";
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final ConfigurationIntake intake;
    private final ConfigurationStore store;
    private final Configurations configurations;
    private final InstantSource clock;
    private final Repetition repetition;

    ConfigurationController(
            ConfigurationIntake intake,
            ConfigurationStore store,
            Configurations configurations,
            InstantSource clock,
            Repetition repetition) {
        this.intake = intake;
        this.store = store;
        this.configurations = configurations;
        this.clock = clock;
        this.repetition = repetition;
    }

    @PostMapping("/configurations")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> store(UploadedArchive archive, RepeatableCall call, Principal principal) {
        return repetition.answer(call, unused -> store(archive, principal.actor()));
    }

    private ResponseEntity<byte[]> store(UploadedArchive archive, Optional<String> actor) {
        try {
            ConfigurationIntake.Outcome outcome =
                    intake.take(archive.bytes(), archive.format(), actor, clock.instant());
            if (outcome instanceof ConfigurationIntake.Outcome.Unreadable unreadable) {
                throw new ProblemException(Problem.of(
                        ProblemCode.CONFIGURATION_INVALID,
                        "the cluster.yaml of the archive cannot be read; nothing was stored",
                        unreadable.findings()));
            }
            return answer(((ConfigurationIntake.Outcome.Stored) outcome).storing());
        } catch (ArchiveRefusedException e) {
            ProblemCode code = e.rule().isQuantity() ? ProblemCode.ARCHIVE_TOO_LARGE : ProblemCode.ARCHIVE_REFUSED;
            throw new ProblemException(
                    Problem.of(code, e.rule().wire() + ": " + e.getMessage() + "; nothing was stored"));
        }
    }

    private static ResponseEntity<byte[]> answer(Storing storing) {
        if (storing instanceof Storing.Created created) {
            StoredConfiguration configuration = created.configuration();
            LOG.info(
                    "configuration {} is stored by {}",
                    configuration.name(),
                    configuration.actor().orElse("-"));
            return Answers.json(
                    ResponseEntity.status(HttpStatus.CREATED).location(location(configuration.name())),
                    full(configuration));
        } else if (storing instanceof Storing.Existing existing) {
            StoredConfiguration configuration = existing.configuration();
            return Answers.json(ResponseEntity.ok().location(location(configuration.name())), full(configuration));
        }
        throw Configurations.notStored((Storing.Failed) storing);
    }

    private static URI location(ConfigurationName name) {
        return URI.create("/configurations/" + name.hex());
    }

    @GetMapping("/configurations")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list(
            @RequestParam("cursor") Optional<String> cursor, @RequestParam("limit") Optional<String> limit) {
        Paging paging = Paging.of(limit);
        Optional<ConfigurationName> after = cursor.map(ConfigurationController::cursor);
        List<ConfigurationName> rest = store.names().stream()
                .filter(name ->
                        after.isEmpty() || name.hex().compareTo(after.get().hex()) > 0)
                .toList();
        List<ConfigurationName> page = rest.subList(0, Math.min(paging.size(), rest.size()));
        List<JsonObject> readable = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (ConfigurationName name : page) {
            DocumentRead<StoredConfiguration> read = store.read(name);
            if (read instanceof DocumentRead.Unreadable<StoredConfiguration>) {
                unreadable.add(name.text());
            } else {
                read.ifThere("configuration " + name)
                        .ifPresent(found -> readable.add(summary(found.value()).build()));
            }
        }
        return Answers.ok(JsonObject.builder()
                .put("configurations", JsonArray.of(readable))
                .put("unreadable", JsonArray.ofStrings(unreadable))
                .putOrNull(
                        "next_cursor",
                        page.size() < rest.size()
                                ? Optional.of(page.get(page.size() - 1).hex())
                                : Optional.empty())
                .build());
    }

    @GetMapping("/configurations/{digest}")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> get(@PathVariable("digest") String digest) {
        return Answers.ok(full(configurations.require(named(digest))));
    }

    /** The files themselves. */
    @GetMapping(path = "/configurations/{digest}", produces = ZIP)
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> archive(@PathVariable("digest") String digest) {
        return Answers.bytes(
                MediaType.parseMediaType(ZIP),
                ConfigurationArchive.zip(store.contents(configurations.require(named(digest)))));
    }

    @GetMapping("/configurations/{digest}/file")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> file(@PathVariable("digest") String digest, @RequestParam("path") Optional<String> path) {
        String wanted = path.orElseThrow(() -> new ProblemException(
                Problem.of(ProblemCode.INVALID_PARAMETER, "path is required; it names a file of the configuration")));
        StoredConfiguration configuration = configurations.require(named(digest));
        FileContent content = Optional.ofNullable(store.contents(configuration).get(wanted))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemCode.CONFIGURATION_FILE_NOT_FOUND,
                        "configuration " + configuration.name() + " has no file `" + wanted + "`")));
        return Answers.bytes(content.text().isPresent() ? TEXT : MediaType.APPLICATION_OCTET_STREAM, content.bytes());
    }

    private static ConfigurationName named(String digest) {
        return ConfigurationName.ofHex(digest)
                .or(() -> ConfigurationName.parse(digest))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemCode.CONFIGURATION_NOT_FOUND, "no configuration is stored as `" + digest + "`")));
    }

    private static ConfigurationName cursor(String text) {
        return ConfigurationName.ofHex(text).orElseThrow(() -> Paging.notACursor(text));
    }

    private static JsonObject.Builder summary(StoredConfiguration configuration) {
        return JsonObject.builder()
                .put("configuration", configuration.name().text())
                .putOrNull("actor", configuration.actor())
                .put("stored_at", WireTime.format(configuration.storedAt()))
                .put("file_count", configuration.files().size())
                .put("bytes", configuration.bytes());
    }

    private static JsonObject full(StoredConfiguration configuration) {
        List<JsonObject> files = configuration.files().stream()
                .map(file -> JsonObject.builder()
                        .put("path", file.path())
                        .put("sha256", file.digest())
                        .put("bytes", file.bytes())
                        .build())
                .toList();
        return summary(configuration).put("files", JsonArray.of(files)).build();
    }
}
