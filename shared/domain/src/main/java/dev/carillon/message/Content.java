package dev.carillon.message;

import dev.carillon.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a message says, by the type of its channel: rendered once, and the same for every attempt to
 * deliver it. Its {@code overrides} are what the template lays over the provider's own payload,
 * last of all; empty for most.
 */
public sealed interface Content {

  /** The object that is merged into the provider's payload; empty when the template has none. */
  Json.Obj overrides();

  /**
   * An email address with the name shown beside it.
   *
   * @param name any Unicode but no control characters; not yet encoded or quoted
   * @param address {@code local@domain}, not yet encoded
   */
  record Mailbox(Optional<String> name, String address) {}

  /**
   * Whom an email is from and to.
   *
   * @param from empty when neither channel nor template names a sender
   * @param to the recipient alone, unless the step asked for a list; the first is the one whose
   *     provider events decide the status
   */
  record Envelope(
      Optional<Mailbox> from,
      List<Mailbox> to,
      List<Mailbox> cc,
      List<Mailbox> bcc,
      List<Mailbox> replyTo) {
    public Envelope {
      to = List.copyOf(to);
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
      replyTo = List.copyOf(replyTo);
    }
  }

  /**
   * A file that goes with an email.
   *
   * @param content base64, the standard alphabet with padding, without line breaks
   * @param contentId what {@code cid:} in the HTML calls it, without angle brackets
   * @param inline whether it is shown within the mail rather than listed beneath it
   */
  record Attachment(
      String name,
      String contentType,
      String content,
      Optional<String> contentId,
      boolean inline) {}

  /**
   * @param subject one line
   * @param html with its styles inlined; empty when the mail is plain text
   * @param headers further ones by name, such as {@code List-Unsubscribe}; values are one line
   */
  record Email(
      Envelope envelope,
      String subject,
      String html,
      String text,
      Map<String, String> headers,
      List<Attachment> attachments,
      Json.Obj overrides)
      implements Content {
    public Email {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      attachments = List.copyOf(attachments);
    }
  }

  /**
   * @param to the recipient's phone number, E.164 where it could be read as such
   */
  record Sms(String to, String body, Json.Obj overrides) implements Content {}

  /**
   * To one device; a recipient with several gets several messages.
   *
   * @param token what the provider knows the device by: a token, a player id, an endpoint's ARN, or
   *     the recipient's own id where the provider is told those
   * @param silent whether the device wakes the app and shows nothing
   */
  record Push(
      String token, String title, String body, Json.Obj data, boolean silent, Json.Obj overrides)
      implements Content {

    /** The same to another device. */
    public Push to(String other) {
      return new Push(other, title, body, data, silent, overrides);
    }
  }

  /**
   * To one conversation; a recipient with several connections gets several messages.
   *
   * @param connection as the recipient's channel data has it, with the tenant's token beside it
   */
  record Chat(Json.Obj connection, ChatBody body, Json.Obj overrides) implements Content {}

  /** What is said in a chat: words that each provider puts in its dialect, or its own blocks. */
  sealed interface ChatBody {
    record Markdown(String text) implements ChatBody {}

    /**
     * @param json the provider's own form: a list of blocks, or the object of a message
     * @param summary what a notification shows in place of the blocks; empty when there is none
     */
    record Blocks(Json json, String summary) implements ChatBody {}
  }

  /** An item of an in-app feed: blocks as the feed's clients read them. */
  record InAppFeed(Json.Arr blocks) implements Content {
    @Override
    public Json.Obj overrides() {
      return Json.Obj.EMPTY;
    }
  }

  /** A header or a parameter, not encoded. */
  record Field(String name, String value) {}

  /**
   * A request to a customer's own endpoint.
   *
   * @param method in upper case
   * @param url as rendered, without {@code query}
   * @param query to be encoded and appended, in this order
   * @param body empty for none
   */
  record Http(String method, String url, List<Field> headers, List<Field> query, String body)
      implements Content {
    public Http {
      headers = List.copyOf(headers);
      query = List.copyOf(query);
    }

    @Override
    public Json.Obj overrides() {
      return Json.Obj.EMPTY;
    }
  }
}
