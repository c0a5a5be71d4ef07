package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.event.ChangeMessage;
import dev.carillon.message.Message;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import dev.carillon.report.EarlyReport;
import dev.carillon.report.ExternalIds;
import java.time.InstantSource;

/**
 * Sees to it that reports of a provider that brings only its own id reach the message, also those
 * that were here before it was on record that the message was taken. Comes after that record, and
 * again with every copy of the task, since its worker may have died in between; done again it
 * changes nothing.
 */
final class LeadReports {
  private final ExternalIds ids;
  private final ChangeMessage change;
  private final Channels channels;
  private final InstantSource clock;

  LeadReports(ExternalIds ids, ChangeMessage change, Channels channels, InstantSource clock) {
    this.ids = ids;
    this.change = change;
    this.channels = channels;
    this.clock = clock;
  }

  /** Does nothing for a message that no provider took, and for providers that bring our id. */
  void to(Message message) {
    if (!isLookedUp(message)) {
      return;
    }
    // In this order: a report that is not parked by the second step finds what the first stored.
    ids.add(message);
    for (EarlyReport report : ids.early(message)) {
      change.change(
          message.environment(),
          message.id(),
          it -> FollowUp.reported(it, report.status(), report.reason(), clock.instant()));
    }
  }

  private boolean isLookedUp(Message message) {
    return message.externalId().isPresent()
        && channels
            .find(message.environment(), message.takenBy().toString())
            .map(Channel::provider)
            .flatMap(Providers::named)
            .flatMap(Provider::callbacks)
            .filter(reader -> !reader.bringsOurId())
            .isPresent();
  }
}
