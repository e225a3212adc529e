package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ConfigurationFolder;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is recorded. The framework answers {@code 304} where the request has the answer's tag already. */
@RestController
class StatusController {

    private static final String VERIFY_CATALOG = "catalog";
    private static final String AGE = "lock_age_seconds";
    private static final String OBSERVATIONS = "state_observations";

    private final ConfigurationFolder configuration;
    private final ClusterService cluster;
    private final ClusterIdentity identity;

    StatusController(ConfigurationFolder configuration, ClusterService cluster, ClusterIdentity identity) {
        this.configuration = configuration;
        this.cluster = cluster;
        this.identity = identity;
    }

    @GetMapping("/status")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> status(@RequestParam("verify") Optional<String> verify) {
        JsonObject status = Naming.with(
                identity,
                cluster.status(configuration.header(), verifiesCatalog(verify)).toJson());
        return Answers.json(ResponseEntity.ok().eTag(tag(status)), status);
    }

    private static boolean verifiesCatalog(Optional<String> verify) {
        if (verify.isPresent() && !verify.get().equals(VERIFY_CATALOG)) {
            throw new ProblemException(
                    Problem.of(ProblemCode.INVALID_PARAMETER, "verify takes `catalog`, not `" + verify.get() + "`"));
        }
        return verify.isPresent();
    }

    /** Of everything but the lock's age. Weak, because the age is in the answer all the same. */
    private static String tag(JsonObject status) {
        Map<String, JsonValue> members = new LinkedHashMap<>(status.members());
        if (members.get(OBSERVATIONS) instanceof JsonObject observations) {
            Map<String, JsonValue> lasting = new LinkedHashMap<>(observations.members());
            lasting.remove(AGE);
            members.put(OBSERVATIONS, JsonObject.copyOf(lasting));
        }
        return "W/\"" + Sha256.hex(JsonText.compact(JsonObject.copyOf(members))) + "\"";
    }
}
