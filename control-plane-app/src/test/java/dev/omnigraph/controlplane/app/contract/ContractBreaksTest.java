package dev.omnigraph.controlplane.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.api.ApiDocument;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small changes of a small contract: which of them break a client, and which do not. */
class ContractBreaksTest {

    private static final String RELEASED = """
            openapi: 3.1.0
            info: {title: test, version: 1.4.0}
            paths:
              /things/{id}:
                get:
                  operationId: thing
                  x-role: operator
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                    - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 200, default: 50}}
                    - {name: since, in: query, schema: {type: string, format: date-time}}
                  responses:
                    '200':
                      description: it
                      headers: {ETag: {schema: {type: string}}}
                      content:
                        application/json: {schema: {$ref: '#/components/schemas/Thing'}}
                        text/plain: {schema: {type: string}}
                    '404': {$ref: '#/components/responses/NotFound'}
                post:
                  operationId: makeThing
                  x-role: viewer
                  requestBody:
                    required: false
                    content:
                      application/json: {schema: {$ref: '#/components/schemas/NewThing'}}
                  responses:
                    '201':
                      description: made
                      content: {application/json: {schema: {type: object, additionalProperties: {type: integer}}}}
            components:
              responses:
                NotFound:
                  description: nothing
                  content: {application/problem+json: {schema: {type: object, properties: {code: {type: string}}}}}
              schemas:
                Thing:
                  allOf:
                    - type: object
                      required: [name, state, parts]
                      properties:
                        name: {type: string, pattern: '^[a-z]+$'}
                        state: {type: string, enum: [new, used]}
                        note: {type: [string, 'null']}
                        count: {type: integer}
                        parts: {type: array, items: {$ref: '#/components/schemas/Thing'}}
                    - type: object
                      properties: {owner: {oneOf: [{type: 'null'}, {type: string}]}}
                NewThing:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string, minLength: 1}
                    kind: {enum: [small, large]}
                    size: {type: number}
                  additionalProperties: false
            """;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    /things/{id}:                         | /things/{id}/more:                           | GET /things/{}: is removed
                    operationId: thing                    | operationId: oneThing                        | GET /things/{}: operationId is another
                    x-role: viewer                        | x-role: admin                                | POST /things/{}: asks for the role admin, no longer viewer
                    x-role: operator                      | x-role: admin                                | GET /things/{}: asks for the role admin, no longer operator
                    name: since                           | name: after                                  | GET /things/{} query since: is removed
                    name: since, in: query                | name: since, in: query, required: true       | GET /things/{} query since: is required now
                    format: date-time                     | format: date                                 | GET /things/{} query since: format is another
                    minimum: 1                            | minimum: 2                                   | GET /things/{} query limit: minimum is 2, no longer 1
                    maximum: 200                          | maximum: 100                                 | GET /things/{} query limit: maximum is 100, no longer 200
                    default: 50                           | default: 10                                  | GET /things/{} query limit: has another default
                    required: false                       | required: true                               | POST /things/{} body: is required now
                    required: [name]\\n                    | required: [name, size]\\n                     | POST /things/{} body application/json.size: is required now
                    minLength: 1                          | minLength: 2                                 | POST /things/{} body application/json.name: minLength is 2, no longer 1
                    [small, large]                        | [small]                                      | POST /things/{} body application/json.kind: loses the value "large"
                    size: {type: number}                  | size: {type: integer}                        | POST /things/{} body application/json.size: is no longer allowed to be number
                    size: {type: number}                  | more: {type: number}                         | POST /things/{} body application/json.size: is removed
                    size: {type: number}                  | size: {type: number, enum: [1]}              | POST /things/{} body application/json.size: takes listed values only
                    '201':                                | '202':                                       | POST /things/{} 201: is removed
                    '404':                                | '204':                                       | GET /things/{} 204: is a new kind of success
                    headers: {ETag:                       | headers: {Tag:                               | GET /things/{} 200 header ETag: is removed
                    text/plain:                           | text/html:                                   | GET /things/{} 200 text/plain: is removed
                    code: {type: string}                  | kind: {type: string}                         | GET /things/{} 404 application/problem+json.code: is removed
                    count: {type: integer}                | more: {type: integer}                        | GET /things/{} 200 application/json.count: is removed
                    count: {type: integer}                | count: {type: number}                        | GET /things/{} 200 application/json.count: can also be number
                    count: {type: integer}                | count: {type: [integer, 'null']}             | GET /things/{} 200 application/json.count: can also be null
                    [name, state, parts]                  | [name, parts]                                | GET /things/{} 200 application/json.state: can be missing
                    enum: [new, used]                     | enum: [new]                                  | GET /things/{} 200 application/json.state: loses the value "used"
                    , enum: [new, used]                   | ~~                                           | GET /things/{} 200 application/json.state: can be any value
                    pattern: '^[a-z]+$'                   | pattern: '^.*$'                              | GET /things/{} 200 application/json.name: pattern is another
                    [{type: 'null'}, {type: string}]      | [{type: 'null'}, {type: integer}]            | GET /things/{} 200 application/json.owner: can also be integer
                    [{type: 'null'}, {type: string}]      | [{type: 'null'}]                             | GET /things/{} 200 application/json.owner: can no longer be "string"
                    additionalProperties: {type: integer} | additionalProperties: {type: string}         | POST /things/{} 201 application/json.*: can also be string
                    additionalProperties: {type: integer} | additionalProperties: false                  | POST /things/{} 201 application/json: has no other members any more
                    parts: {type: array, items:           | parts: {type: array, minItems: 1, items:     |
                    /things/{id}:                         | /things/{name}:                              |
                    x-role: operator                      | x-role: viewer                               |
                    x-role: viewer                        | x-role: open                                 |
                    minimum: 1                            | minimum: 0                                   |
                    maximum: 200                          | maximum: 500                                 |
                    required: [name]\\n                    | required: []\\n                               |
                    minLength: 1                          | minLength: 0                                 |
                    [small, large]                        | [small, large, huge]                         |
                    size: {type: number}                  | size: {type: [number, string]}               |
                    size: {type: number}                  | size: {type: number}\\n        more: {}       |
                    '404':                                | '409': {description: taken}\\n        '404':  |
                    text/plain:                           | text/csv: {}\\n            text/plain:        |
                    count: {type: integer}                | count: {type: integer}\\n            more: {} |
                    enum: [new, used]                     | enum: [new, used, broken]                    |
                    enum: [new, used]                     | enum: [used, new], minLength: 1              |
                    [name, state, parts]                  | [name, state, parts, count]                  |
                    [{type: 'null'}, {type: string}]      | [{type: string}, {type: 'null'}]             |
                    """)
    void aChangeIsABreakOrNone(String from, String to, String expected) {
        String after = replaceOnce(RELEASED, lines(from), lines(to));

        if (expected == null) {
            assertThat(ContractBreaks.between(contract(RELEASED), contract(after)))
                    .isEmpty();
        } else {
            assertThat(ContractBreaks.between(contract(RELEASED), contract(after)))
                    .contains(expected);
        }
    }

    @Test
    void whatIsComparedIsUnderstood() {
        assertThat(ContractBreaks.notUnderstood(contract(RELEASED))).isEmpty();
        assertThat(ContractBreaks.notUnderstood(
                        contract(RELEASED.replace("count: {type: integer}", "count: {not: {type: string}}"))))
                .containsExactly("not");
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.0, 1.4.0, false", "1.4.0, 1.5.0, false", "1.4.0, 2.0.0, true",
        "0.1.0, 0.1.1, false", "0.1.0, 0.2.0, true", "0.1.0, 1.0.0, true",
        "2.0.0, 1.0.0, false", "0.10.0, 0.9.0, false"
    })
    void aVersionSaysWhetherItMayBreak(String released, String present, boolean may) {
        assertThat(ContractVersion.of(present).mayBreak(ContractVersion.of(released)))
                .isEqualTo(may);
    }

    private static String lines(String cell) {
        return cell.replace("\\n", "\n");
    }

    private static String replaceOnce(String text, String from, String to) {
        assertThat(text.split(Pattern.quote(from), -1))
                .as("`%s` stands there once", from)
                .hasSize(2);
        return text.replace(from, to);
    }

    private static Contract contract(String yaml) {
        return new Contract(ApiDocument.parse(yaml).json());
    }
}
