package dev.omnigraph.controlplane.language.policy;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cedar through its own Java binding: strict validation, and requests that are checked against the schema. Whatever the
 * binding throws is an answer here, because what nobody decided must not be allowed.
 */
final class CedarBinding implements CedarEngine {

    private final AuthorizationEngine cedar;
    private final Schema schema = new Schema(Schema.JsonOrCedar.Cedar, Optional.empty(), Optional.of(CedarText.SCHEMA));

    CedarBinding(AuthorizationEngine cedar) {
        this.cedar = cedar;
    }

    @Override
    public Optional<String> refusal(List<CedarPolicy> policies) {
        try {
            ValidationResponse response = cedar.validate(new ValidationRequest(schema, policySet(policies)));
            return response.validationPassed() ? Optional.empty() : Optional.of(response.toString());
        } catch (AuthException | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    @Override
    public Answer decide(Question question, List<CedarPolicy> policies) {
        try {
            return answer(cedar.isAuthorized(request(question), policySet(policies), entities(question)));
        } catch (AuthException | RuntimeException e) {
            return new Answer.Undecided("Cedar failed: " + e);
        }
    }

    private static Answer answer(AuthorizationResponse response) {
        if (response.success.isEmpty()) {
            return new Answer.Undecided("Cedar refused the request: " + response);
        }
        AuthorizationSuccessResponse decided = response.success.get();
        if (!decided.getErrors().isEmpty()) {
            return new Answer.Undecided("Cedar could not evaluate every policy: " + decided);
        }
        return new Answer.Decided(decided.isAllowed() ? Set.copyOf(decided.getReason()) : Set.of());
    }

    private AuthorizationRequest request(Question question) {
        Map<String, Value> context = new HashMap<>();
        for (BranchRole role : BranchRole.values()) {
            Optional<NamedBranch> branch =
                    Optional.ofNullable(question.branches().get(role));
            context.put(role.presence(), new PrimBool(branch.isPresent()));
            context.put(
                    role.attribute(),
                    new PrimString(branch.map(NamedBranch::name).orElse("")));
            context.put(
                    role.protection(),
                    new PrimBool(branch.map(NamedBranch::isProtected).orElse(false)));
        }
        return new AuthorizationRequest(
                actor(question),
                uid(CedarText.ACTION, question.action().wire()),
                resource(question),
                Optional.of(context),
                Optional.of(schema),
                true);
    }

    /** What the request is about. Other actors, groups and graphs cannot change its outcome. */
    private static Set<Entity> entities(Question question) {
        Set<EntityUID> groups = question.groups().stream()
                .map(group -> uid(CedarText.GROUP, group))
                .collect(Collectors.toSet());
        Set<Entity> entities = groups.stream().map(Entity::new).collect(Collectors.toCollection(HashSet::new));
        entities.add(new Entity(actor(question), groups));
        entities.add(new Entity(resource(question)));
        return entities;
    }

    private static EntityUID actor(Question question) {
        return uid(CedarText.ACTOR, question.actor());
    }

    private static EntityUID resource(Question question) {
        return uid(CedarText.resourceType(question.action().kind()), question.resource());
    }

    private static EntityUID uid(String type, String id) {
        EntityTypeName name = EntityTypeName.parse(CedarText.NAMESPACE + "::" + type)
                .orElseThrow(() -> new IllegalStateException("no name of an entity type: " + type));
        return new EntityUID(name, id);
    }

    private static PolicySet policySet(List<CedarPolicy> policies) {
        return new PolicySet(policies.stream()
                .map(policy -> new Policy(policy.text(), policy.id()))
                .collect(Collectors.toSet()));
    }
}
