package dev.carillon.local.ses;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An email that SES accepted.
 *
 * @param at on the stack's clock
 * @param messageId the id SES gave it
 * @param from as given, display name included
 * @param subject decoded
 * @param headers those the sender added, in order; names may repeat
 * @param tags the message tags: how a sender finds its own id again
 */
public record SentEmail(
    Instant at,
    String messageId,
    String from,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    List<String> replyTo,
    String subject,
    Optional<String> html,
    Optional<String> text,
    List<Header> headers,
    List<Attachment> attachments,
    Map<String, String> tags,
    Optional<String> configurationSet) {

  public record Header(String name, String value) {}

  /** A file that came with the mail; {@code size} in bytes. */
  public record Attachment(String fileName, String contentType, int size) {}

  public SentEmail {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    replyTo = List.copyOf(replyTo);
    headers = List.copyOf(headers);
    attachments = List.copyOf(attachments);
    tags = Map.copyOf(tags);
  }
}
