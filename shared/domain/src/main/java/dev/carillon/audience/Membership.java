package dev.carillon.audience;

import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which audiences the recipient of a run is in. In a static one it is as a member within just the
 * run's tenant, or within none when the run has none; in a dynamic one as a user, whatever the
 * tenant. Objects are in none, and nobody is in an audience that there is not.
 */
public final class Membership {
  private final Audiences audiences;

  public Membership(Audiences audiences) {
    this.audiences = audiences;
  }

  /**
   * An answer for each of the keys, for {@link dev.carillon.condition.Facts}. Asks nothing when
   * there are none.
   */
  public Map<String, Boolean> of(
      EnvironmentId environment,
      Collection<String> keys,
      Recipient recipient,
      Optional<TenantId> tenant,
      Instant now) {
    var asking =
        new Asking(environment, key -> audiences.find(environment, key), recipient, tenant, now);
    var answers = new HashMap<String, Boolean>();
    keys.forEach(key -> answers.put(key, asking.isIn(key)));
    return answers;
  }

  /**
   * Whether the user is in one of these audiences, within no tenant.
   *
   * @param all what there is, by key
   */
  public boolean isIn(
      EnvironmentId environment,
      Map<String, Audience> all,
      String key,
      Recipient user,
      Instant now) {
    return new Asking(
            environment, it -> Optional.ofNullable(all.get(it)), user, Optional.empty(), now)
        .isIn(key);
  }

  /**
   * The dynamic ones among these audiences that the user is in, within no tenant.
   *
   * @param all what there is, by key
   */
  public Set<String> dynamicOf(
      EnvironmentId environment, Map<String, Audience> all, Recipient user, Instant now) {
    var asking =
        new Asking(
            environment, key -> Optional.ofNullable(all.get(key)), user, Optional.empty(), now);
    var in = new TreeSet<String>();
    all.forEach(
        (key, audience) -> {
          if (audience instanceof Audience.Dynamic && asking.isIn(key)) {
            in.add(key);
          }
        });
    return in;
  }

  /** One recipient's way through audiences that ask about one another. */
  private final class Asking {
    private final EnvironmentId environment;
    private final Function<String, Optional<Audience>> definitions;
    private final Recipient recipient;
    private final Optional<TenantId> tenant;
    private final Instant now;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Asking(
        EnvironmentId environment,
        Function<String, Optional<Audience>> definitions,
        Recipient recipient,
        Optional<TenantId> tenant,
        Instant now) {
      this.environment = environment;
      this.definitions = definitions;
      this.recipient = recipient;
      this.tenant = tenant;
      this.now = now;
    }

    /** An audience that in the end asks about itself has, asked from within, nobody in it. */
    boolean isIn(String key) {
      if (known.containsKey(key)) {
        return known.get(key);
      }
      if (!recipient.id().isUser() || !open.add(key)) {
        return false;
      }
      boolean is = definitions.apply(key).map(it -> isIn(key, it)).orElse(false);
      open.remove(key);
      known.put(key, is);
      return is;
    }

    private boolean isIn(String key, Audience audience) {
      return switch (audience) {
        case Audience.Static() ->
            audiences.has(environment, key, new Member(recipient.id(), tenant));
        case Audience.Dynamic dynamic -> {
          var others = new HashMap<String, Boolean>();
          dynamic.audiences().forEach(other -> others.put(other, isIn(other)));
          yield dynamic.has(recipient, others, now);
        }
      };
    }
  }
}
