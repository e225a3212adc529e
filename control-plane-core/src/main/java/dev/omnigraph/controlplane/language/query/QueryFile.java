package dev.omnigraph.controlplane.language.query;

import java.util.List;
import java.util.Optional;

/**
 * The queries of one source file.
 *
 * @param queries in the order of the text; names may repeat, for who objects depends on how the file is declared
 *     (query-language.md 9.1)
 */
public record QueryFile(List<QueryDeclaration> queries) {

    public QueryFile {
        queries = List.copyOf(queries);
    }

    /** The first query of that name, the only one that counts where a file repeats it. */
    public Optional<QueryDeclaration> find(String name) {
        return queries.stream().filter(query -> query.name().equals(name)).findFirst();
    }
}
