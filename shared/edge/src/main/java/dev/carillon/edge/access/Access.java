package dev.carillon.edge.access;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.PublicKeyUse;

/**
 * Who may call a route, and what then is checked: a row of the authorisation table, from which
 * routes, tests and documents come.
 */
public sealed interface Access {
  /** Secret keys only: the product's own servers. */
  Access SECRET_KEY = new SecretKey();

  /** Servers only. */
  record SecretKey() implements Access {}

  /**
   * Who holds a token of the management API that lets this be done.
   *
   * @param servers whether a secret key will do as well, in its own environment
   */
  record Management(ManagementScope scope, boolean servers) implements Access {}

  /**
   * Servers, and clients in the hands of users: browsers and apps.
   *
   * @param ability what the call does with whom or what it is about
   * @param about where it says whom or what it is about
   * @param alone the strictest setting of public keys under which one may do it without a token
   */
  record Client(Ability ability, About about, PublicKeyUse alone) implements Access {
    public Client {
      if (alone == PublicKeyUse.TOKEN) {
        throw new IllegalArgumentException("TOKEN means that there must be a token");
      }
    }
  }

  /** Where a call says whom or what it is about. */
  enum About {
    /** The path begins with a user, an object or a tenant; the route table checks it. */
    PATH,

    /** The body, or what is found by an id; what answers has to check it by {@link Caller}. */
    ELSEWHERE
  }

  /** Of the management API. */
  static Access management(ManagementScope scope) {
    return new Management(scope, false);
  }

  /** As {@link #management}, and of a product's own servers. */
  static Access managementOrServer(ManagementScope scope) {
    return new Management(scope, true);
  }

  /** What a public key may do by itself unless there must be a token: feed, preferences. */
  static Access everyday(Ability ability) {
    return new Client(ability, About.PATH, PublicKeyUse.RESTRICTED);
  }

  /** What lies open to a public key by itself only if all does: addresses, properties. */
  static Access personal(Ability ability) {
    return new Client(ability, About.PATH, PublicKeyUse.OPEN);
  }

  /** What leads into a workspace of a customer of the product's; an object says which. */
  static Access workspaces() {
    return new Client(Ability.CHANNEL_DATA_READ, About.ELSEWHERE, PublicKeyUse.OPEN);
  }

  /** What a client that knows the id of a message reads of it; it leads to whom it is of. */
  static Access feedMessages() {
    return new Client(Ability.FEED_READ, About.ELSEWHERE, PublicKeyUse.RESTRICTED);
  }

  /** Marks on messages, which lead to whom they are of. */
  static Access marks() {
    return new Client(Ability.FEED_WRITE, About.ELSEWHERE, PublicKeyUse.RESTRICTED);
  }
}
