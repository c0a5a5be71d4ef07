package dev.carillon.bulk;

import dev.carillon.recipient.RecipientId;
import java.util.Optional;

/**
 * An item of a bulk operation that was not done, and never will be by it.
 *
 * @param collection that of the object it is about; empty for users, and for what is about nobody
 * @param id of whom it is about, or where in the call it stands when it names nobody, such as
 *     {@code schedules[3]}
 * @param reason a sentence without its subject, for people; empty where an older deployment noted
 *     none
 */
public record BulkFailure(Optional<String> collection, String id, String reason) {

  public static BulkFailure of(RecipientId about, String reason) {
    return new BulkFailure(
        about.isUser() ? Optional.empty() : Optional.of(about.collection()), about.id(), reason);
  }
}
