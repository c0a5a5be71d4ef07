package dev.carillon.edge;

import dev.carillon.recipient.RecipientId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query's parameter that names users and objects: a user's id, {@code recipients[]=ada}, or an
 * object's {@code recipients[][id]=p1&recipients[][collection]=projects}; clients that number the
 * entries of lists are understood too.
 *
 * @param name of the parameter
 * @param spellings under which the query has it; empty when it has not
 */
public record RecipientFilter(String name, Set<String> spellings) {
  /** How many one filter may name. */
  public static final int MOST = 100;

  public static RecipientFilter of(Query query, String name) {
    var named = Pattern.compile(Pattern.quote(name) + "(\\.[0-9]*)?(\\.(id|collection))?");
    return new RecipientFilter(
        name,
        query.parameters().keySet().stream()
            .filter(it -> named.matcher(it).matches())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Whom it names, each once; nobody when the query has no such parameter.
   *
   * @throws ApiException when it names too many, or not as it should
   */
  public Set<RecipientId> recipients(Query query) {
    var entries = new HashSet<String>();
    spellings.forEach(it -> entries.add(it.replaceFirst("\\.(id|collection)$", "")));
    var recipients = new HashSet<RecipientId>();
    for (String entry : entries) {
      query.all(entry).forEach(id -> recipients.add(RecipientId.user(Ids.checked(entry, id))));
      recipients.addAll(objects(query, entry));
    }
    if (recipients.size() > MOST) {
      throw ErrorCode.INVALID_PARAMS.at(name, "must have at most " + MOST + " entries");
    }
    return recipients;
  }

  /** Ids and collections come by turns, so the first of each belong together. */
  private List<RecipientId> objects(Query query, String entry) {
    List<String> ids = query.all(entry + ".id");
    List<String> collections = query.all(entry + ".collection");
    if (!collections.isEmpty() && collections.size() != ids.size()) {
      throw ErrorCode.INVALID_PARAMS.at(name, "must have an id and a collection each");
    }
    var objects = new ArrayList<RecipientId>();
    for (int i = 0; i < ids.size(); i++) {
      String collection = collections.isEmpty() ? RecipientId.USERS : collections.get(i);
      objects.add(new RecipientId(Ids.checked(name, collection), Ids.checked(name, ids.get(i))));
    }
    return objects;
  }
}
