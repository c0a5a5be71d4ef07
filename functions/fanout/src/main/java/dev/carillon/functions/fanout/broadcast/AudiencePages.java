package dev.carillon.functions.fanout.broadcast;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Listed;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.audience.Membership;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.ListedRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in an audience, a page of one of its parts at a time. In a static one are those who were
 * put in, in each tenant by itself; in a dynamic one the users that its conditions hold of at the
 * moment, within no tenant, for which all users of the environment are asked.
 */
final class AudiencePages {

  /** Members, or of a dynamic audience users, that one task looks at. */
  static final int PAGE = 100;

  private final Audiences audiences;
  private final Recipients recipients;
  private final Membership membership;

  AudiencePages(Audiences audiences, Recipients recipients) {
    this.audiences = audiences;
    this.recipients = recipients;
    this.membership = new Membership(audiences);
  }

  /**
   * The page, by what audiences are now: one that was committed just before it is sent to counts.
   * Nobody is in an audience that there is not.
   */
  Page<Member> page(
      EnvironmentId environment, String audience, int part, Optional<String> cursor, Instant now) {
    Map<String, Audience> all = audiences.allNow(environment);
    Audience found = all.get(audience);
    if (found == null) {
      return Page.last(List.of());
    }
    var request = new PageRequest(cursor, Optional.empty(), PAGE);
    return switch (found) {
      case Audience.Static() -> {
        Page<Listed> page = audiences.membersIn(environment, audience, part, request);
        yield new Page<>(page.items().stream().map(Listed::member).toList(), page.next());
      }
      case Audience.Dynamic _ -> {
        Page<ListedRecipient> page =
            recipients.partOf(environment, RecipientId.USERS, part, request);
        yield new Page<>(
            page.items().stream()
                .map(ListedRecipient::id)
                .filter(id -> isIn(environment, all, audience, id, now))
                .map(id -> new Member(id, Optional.empty()))
                .toList(),
            page.next());
      }
    };
  }

  private boolean isIn(
      EnvironmentId environment,
      Map<String, Audience> all,
      String audience,
      RecipientId id,
      Instant now) {
    return recipients
        .find(environment, id)
        .filter(user -> membership.isIn(environment, all, audience, user, now))
        .isPresent();
  }
}
