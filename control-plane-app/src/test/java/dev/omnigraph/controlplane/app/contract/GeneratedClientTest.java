package dev.omnigraph.controlplane.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import dev.omnigraph.controlplane.client.ApiClient;
import dev.omnigraph.controlplane.client.ApiException;
import dev.omnigraph.controlplane.client.ApiResponse;
import dev.omnigraph.controlplane.client.api.ApprovalsApi;
import dev.omnigraph.controlplane.client.api.CommandsApi;
import dev.omnigraph.controlplane.client.api.ObservationsApi;
import dev.omnigraph.controlplane.client.api.OperationsApi;
import dev.omnigraph.controlplane.client.model.ApplyRequest;
import dev.omnigraph.controlplane.client.model.ApprovalRequest;
import dev.omnigraph.controlplane.client.model.ApprovalState;
import dev.omnigraph.controlplane.client.model.Operation;
import dev.omnigraph.controlplane.client.model.OperationCommand;
import dev.omnigraph.controlplane.client.model.OperationOutcome;
import dev.omnigraph.controlplane.client.model.OperationState;
import dev.omnigraph.controlplane.client.model.PlanOutput;
import dev.omnigraph.controlplane.client.model.PlanOutputApprovalsRequiredInner;
import dev.omnigraph.controlplane.client.model.StatusOutput;
import dev.omnigraph.controlplane.client.model.ValidateRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service through a client that was generated from its contract, with the token of an operator and of an approver. */
class GeneratedClientTest {

    private static final int WAIT_SECONDS = 60;
    private static final String WAIT = "wait=" + WAIT_SECONDS;

    @TempDir
    Path folder;

    private SampleCluster sample;
    private RunningService service;
    private ApiClient operator;
    private ApiClient approver;

    @BeforeEach
    void start() {
        sample = SampleCluster.in(folder);
        TestTokens tokens = TestTokens.in(folder);
        String olga = tokens.create("olga", "operator");
        String paul = tokens.create("paul", "approver");
        service = RunningService.start(
                "--control-plane.config-dir=" + folder, "--control-plane.authentication.token-file=" + tokens.file());
        operator = client(olga);
        approver = client(paul);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aGraphIsMadeAndDeletedAsItWasApproved() throws ApiException {
        CommandsApi commands = new CommandsApi(operator);
        assertThat(commands.validate(null).getOk()).isTrue();
        assertThat(commands.callImport(null, WAIT, null).getOutcome()).isEqualTo(OperationOutcome.CONVERGED);

        PlanOutput plan = commands.plan(null);
        assertThat(plan.getChanges()).isNotEmpty();
        Operation accepted = commands.apply("deploy-1", null, exactly(plan));
        Operation ended = new OperationsApi(operator).operation(accepted.getOperationId(), WAIT_SECONDS);
        assertThat(ended.getState()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(ended.getConverged()).isTrue();
        assertThat(ended.getActor()).isEqualTo("olga");
        assertThat(commands.apply("deploy-1", null, exactly(plan)).getOperationId())
                .isEqualTo(accepted.getOperationId());

        sample.write("cluster.yaml", "version: 1\nmetadata:\n  name: sample\n");
        String approval = approve(new CommandsApi(approver).plan(null));
        assertThat(commands.apply(null, WAIT, null).getOutcome()).isEqualTo(OperationOutcome.CONVERGED);
        assertThat(new ApprovalsApi(operator).approval(approval).getState()).isEqualTo(ApprovalState.CONSUMED);
        assertThat(new ObservationsApi(operator).graphs().getGraphs()).isEmpty();
        assertThat(new OperationsApi(operator)
                        .operations(null, OperationCommand.APPROVE, "paul", null, null, null, null, null)
                        .getOperations())
                .hasSize(1);
    }

    @Test
    void theStatusIsAskedForUnderItsTag() throws ApiException {
        new CommandsApi(operator).callImport(null, WAIT, null);
        ObservationsApi observations = new ObservationsApi(operator);
        ApiResponse<StatusOutput> status = observations.statusWithHttpInfo(null, null, null);
        assertThat(status.getData().getOk()).isTrue();
        assertThat(status.getData().getStateObservations().getStateRevision()).isEqualTo(1);
        String tag = status.getHeaders().get("etag").get(0);

        ApiException unchanged = catchThrowableOfType(ApiException.class, () -> observations.status(null, tag, null));

        assertThat(unchanged.getCode()).isEqualTo(304);
    }

    @Test
    void whatIsWrongIsToldInTypes() throws ApiException {
        assertThat(new CommandsApi(operator)
                        .validate(new ValidateRequest().files(Map.of("people.pg", "node Person {")))
                        .getDiagnostics())
                .isNotEmpty();
        ApiException forbidden =
                catchThrowableOfType(ApiException.class, () -> new CommandsApi(approver).apply(null, null, null));
        assertThat(forbidden.getCode()).isEqualTo(403);
        assertThat(forbidden.getResponseBody()).contains("\"code\": \"forbidden\"");
    }

    private String approve(PlanOutput plan) throws ApiException {
        PlanOutputApprovalsRequiredInner required = plan.getApprovalsRequired().get(0);
        assertThat(required.getSatisfied()).isFalse();
        return new ApprovalsApi(approver)
                .approve(
                        new ApprovalRequest()
                                .resource(required.getResource())
                                .planDigest(plan.getPlanDigest())
                                .seen(required.getSeen())
                                .comment("nobody reads it any more"),
                        null)
                .getApprovalId();
    }

    private static ApplyRequest exactly(PlanOutput plan) {
        return new ApplyRequest()
                .planDigest(plan.getPlanDigest())
                .expectedStateCas(plan.getStateObservations().getStateCas());
    }

    private ApiClient client(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + service.port());
        return client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    }
}
