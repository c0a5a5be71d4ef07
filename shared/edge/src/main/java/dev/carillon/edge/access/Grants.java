package dev.carillon.edge.access;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The grants of a user token: {@code {"https://api.knock.app/v1/users/ann": {"user/read": [{}]}}}.
 * A resource is named by its address; those who sign write the host of Knock, so which host it is
 * means nothing.
 */
final class Grants {
  private static final Pattern RESOURCE =
      Pattern.compile("https?://[^/]+/v1/(?:(users|tenants)|objects/([^/]+))/([^/]+)");

  private Grants() {}

  /**
   * What is granted. Abilities and resources that we do not know grant nothing, but a tenant that
   * is named at all counts as named.
   *
   * @return empty when this has not the form of grants
   */
  static Optional<Map<RecipientId, Set<Ability>>> read(Json grants) {
    if (!(grants instanceof Json.Obj(var resources))) {
      return Optional.empty();
    }
    var read = new LinkedHashMap<RecipientId, Set<Ability>>();
    for (var entry : resources.entrySet()) {
      if (!(entry.getValue() instanceof Json.Obj(var abilities))
          || !abilities.values().stream().allMatch(Json.Arr.class::isInstance)) {
        return Optional.empty();
      }
      Set<Ability> granted = EnumSet.noneOf(Ability.class);
      abilities.keySet().forEach(name -> Ability.named(name).ifPresent(granted::add));
      resource(entry.getKey())
          .ifPresent(
              id -> read.computeIfAbsent(id, _ -> EnumSet.noneOf(Ability.class)).addAll(granted));
    }
    return Optional.of(read);
  }

  private static Optional<RecipientId> resource(String address) {
    var match = RESOURCE.matcher(address);
    if (!match.matches()) {
      return Optional.empty();
    }
    String id = match.group(3);
    if (match.group(2) != null) {
      return Optional.of(new RecipientId(match.group(2), id));
    }
    return Optional.of(
        match.group(1).equals("users") ? RecipientId.user(id) : new TenantId(id).recipient());
  }
}
