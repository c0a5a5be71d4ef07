package dev.carillon.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody is on the team. The roles are Knock's; what each may do is a set of scopes. */
public enum MemberRole {
  /** May do everything, and is one of those of whom one must remain. */
  OWNER(EnumSet.allOf(ManagementScope.class)),

  /** May do everything but touch owners and who pays. */
  ADMIN(EnumSet.allOf(ManagementScope.class)),

  /** Writes content, lets it serve and sends it. */
  MEMBER(
      EnumSet.of(
          ManagementScope.READ,
          ManagementScope.WRITE,
          ManagementScope.COMMIT,
          ManagementScope.SEND)),

  /** A member who sees the last environment and no other. */
  PRODUCTION_ONLY_MEMBER(MEMBER.scopes),

  /** Pays, and sees nothing of this. */
  BILLING(Set.of()),

  /** Reads logs, which are not among these scopes. */
  SUPPORT(Set.of());

  private final Set<ManagementScope> scopes;

  MemberRole(Set<ManagementScope> scopes) {
    this.scopes = Set.copyOf(scopes);
  }

  /** What they may do. */
  public Set<ManagementScope> scopes() {
    return scopes;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MemberRole> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
