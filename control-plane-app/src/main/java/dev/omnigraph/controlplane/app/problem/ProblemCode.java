package dev.omnigraph.controlplane.app.problem;

import java.util.Locale;

/**
 * Why a request was not accepted. Findings about configuration, ledger and graphs have codes of their own
 * ({@link dev.omnigraph.controlplane.diagnostic.DiagnosticCode}).
 */
public enum ProblemCode {
    BAD_REQUEST(400, "The request is no valid HTTP request", "Correct the request; the service's log has no more."),
    MALFORMED_JSON(400, "The body is no JSON document", "Send one JSON object in UTF-8."),
    INVALID_BODY(400, "The body is not what this endpoint takes", "Correct the member that the detail names."),
    INVALID_PARAMETER(
            400, "A parameter is not what this endpoint takes", "Correct the parameter that the detail names."),
    UNAUTHENTICATED(401, "The request's credentials are not acceptable", "Send Authorization: Bearer <token>."),
    FORBIDDEN(403, "The principal may not do this", "Ask someone who has the role that the detail names."),
    HOST_NOT_ALLOWED(403, "The request is addressed to another host", "Use localhost, 127.0.0.1 or [::1]."),
    ORIGIN_NOT_ALLOWED(
            403,
            "The request comes from another site",
            "Call the service from a page it serves itself, or from an origin in control-plane.http.cors-origins."),
    NOT_FOUND(404, "There is nothing here", "See /v3/api-docs for the paths that are served."),
    OPERATION_NOT_FOUND(404, "There is no such operation", "List the operations with GET /operations."),
    CONFIGURATION_NOT_FOUND(
            404,
            "There is no such configuration",
            "Store it with POST /configurations; GET /configurations lists them."),
    CONFIGURATION_FILE_NOT_FOUND(
            404, "The configuration has no such file", "List its files with GET /configurations/{digest}."),
    PLAN_NOT_FOUND(404, "There is no such plan", "List the stored plans with GET /plans."),
    LEDGER_NOT_FOUND(404, "There is no such earlier ledger", "List the earlier ledgers with GET /history."),
    GRAPH_NOT_FOUND(404, "There is no such graph", "List the graphs with GET /graphs."),
    METHOD_NOT_ALLOWED(405, "The path does not take this method", "Use a method of the Allow header."),
    NOT_ACCEPTABLE(406, "No representation is acceptable", "Accept application/json."),
    REQUEST_TIMEOUT(
            408,
            "The request takes too long",
            "Send it again over a better connection, or raise control-plane.http.request-timeout."),
    OPERATION_ENDED(409, "The operation has ended already", "Look at its outcome; it cannot be cancelled any more."),
    PLAN_NOT_READY(
            409, "The plan cannot be carried out", "Store a new plan with POST /plans, and look at what it says."),
    HEAD_MOVED(
            412,
            "What is desired is not what the request says",
            "Look at GET /configurations/head, and decide again; then send its ETag."),
    BODY_TOO_LARGE(413, "The body is too large", "Send less, or raise the setting that the detail names."),
    ARCHIVE_TOO_LARGE(
            413,
            "The archive holds too much",
            "Pack less, or raise the setting of that name below control-plane.configurations."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's type is not taken here", "Send a type of the answer's Accept header."),
    ARCHIVE_REFUSED(
            422,
            "The archive is not one that is unpacked",
            "Pack the files and folders of the configuration anew, by their plain names."),
    CONFIGURATION_INVALID(
            422,
            "The configuration is not valid",
            "Correct what the diagnostics name; POST /validate checks it again."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The key belongs to another request",
            "Repeat a request with the very same body, or send a new one with a new Idempotency-Key."),
    QUEUE_FULL(429, "Too many operations wait already", "Try again after the seconds in Retry-After."),
    INTERNAL_ERROR(500, "The service failed", "Report the request id; the service's log has the cause."),
    OPERATION_UNREADABLE(
            500, "The operation's record cannot be read", "Restore the record, or use the version that wrote it."),
    TOO_MANY_UPLOADS(429, "Too many archives are being unpacked", "Try again after the seconds in Retry-After."),
    TOO_MANY_STREAMS(429, "Too many streams are open", "Try again after the seconds in Retry-After, or poll."),
    TOO_MANY_REQUESTS(429, "The principal sends too many requests", "Try again after the seconds in Retry-After."),
    TOO_MANY_BAD_TOKENS(
            429,
            "Too many tokens from this address are not valid",
            "Send a valid token, which is let in at any time; another one after the seconds in Retry-After."),
    CREDENTIALS_UNAVAILABLE(
            503,
            "Credentials cannot be checked at present",
            "Try again later; the service's log says what is wrong with the token file or the issuer."),
    SHUTTING_DOWN(503, "The service is stopping", "Try again once it has started anew.");

    private final int status;
    private final String title;
    private final String remedy;

    ProblemCode(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /** The code as it stands in answers. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int status() {
        return status;
    }

    /** One sentence for this code, whatever the case. */
    public String title() {
        return title;
    }

    /** What to do next. */
    public String remedy() {
        return remedy;
    }
}
