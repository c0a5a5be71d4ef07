package dev.carillon.bulk;

import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import java.util.List;

/** One thing that a bulk operation is to do. Done twice, it is done once. */
public sealed interface BulkRow {

  /** A row about somebody. */
  sealed interface About extends BulkRow {
    /** Whom it is about; for subscriptions, to which object. */
    RecipientId id();
  }

  /** Nothing to do: the item cannot be done, which is counted when its turn comes. */
  record Refused(BulkFailure failure) implements BulkRow {}

  /** Merge this into what is known. */
  record Identify(RecipientId id, Identification said) implements About {}

  record Delete(RecipientId id) implements About {}

  /** Put these preferences in the place of those of that set, or lay them over them. */
  record Prefer(RecipientId id, String set, Json.Obj said, boolean replacing) implements About {}

  record Subscribe(RecipientId id, List<RecipientId> recipients, Json.Obj properties)
      implements About {
    public Subscribe {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * Make this schedule.
   *
   * @param schedule yet to be planned
   */
  record Plan(Schedule schedule) implements About {
    @Override
    public RecipientId id() {
      return schedule.recipient();
    }
  }

  record Unsubscribe(RecipientId id, List<RecipientId> recipients) implements About {
    public Unsubscribe {
      recipients = List.copyOf(recipients);
    }
  }
}
