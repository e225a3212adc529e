package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.EmbeddingProfile;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.ResourceDigests;
import java.util.Optional;
import java.util.Set;

/** Checks the embedding providers of a document and adds them to the draft (control-plane.md 2.13). */
final class ProviderChecks {

    private static final String KEYLESS_KIND = "mock";
    private static final Set<String> KINDS = Set.of("openai-compatible", "openai", "gemini", KEYLESS_KIND);

    private ProviderChecks() {}

    static void check(String name, EmbeddingProfile profile, Draft draft) {
        String path = "providers.embedding." + name;
        ResourceIds.check("provider", name, path, draft);
        Optional<String> kind = profile.kind();
        if (kind.isPresent() && !KINDS.contains(kind.get())) {
            draft.report(
                    DiagnosticCode.INVALID_EMBEDDING_PROVIDER,
                    path,
                    "the embedding provider `" + name + "` is of the unknown kind `" + kind.get() + "`");
        }
        checkKey(name, profile, path + ".api_key", draft);
        draft.add(new ResourceAddress.EmbeddingProvider(name), ResourceDigests.provider(profile));
    }

    private static void checkKey(String name, EmbeddingProfile profile, String path, Draft draft) {
        if (profile.apiKey().isPresent()) {
            if (!isReference(profile.apiKey().get())) {
                // The value is not shown: it may well be the secret itself.
                draft.report(
                        DiagnosticCode.EMBEDDING_API_KEY_INLINE,
                        path,
                        "api_key of the embedding provider `" + name
                                + "` is not of the form ${NAME}; a key itself does not belong into a configuration");
            }
        } else if (!profile.kind().equals(Optional.of(KEYLESS_KIND))) {
            draft.report(
                    DiagnosticCode.EMBEDDING_API_KEY_REQUIRED,
                    path,
                    "the embedding provider `" + name + "` needs api_key; only the kind " + KEYLESS_KIND
                            + " does without");
        }
    }

    private static boolean isReference(String value) {
        String trimmed = WhiteSpace.trim(value);
        return trimmed.startsWith("${")
                && trimmed.endsWith("}")
                && !WhiteSpace.isBlank(trimmed.substring(2, trimmed.length() - 1));
    }
}
