package dev.carillon.provider.email;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.message.Content.Mailbox;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The parts of a mail as any provider may be given them: addresses in ASCII and each there once,
 * names, subject and headers of one line, files with a name and a type.
 *
 * @param text a space when there is neither text nor HTML: some providers refuse an empty body
 */
public record EmailParts(
    Addressed addressed,
    String subject,
    String html,
    String text,
    Map<String, String> headers,
    List<Attachment> attachments) {

  /**
   * @param to at least one, the recipient first
   */
  public record Addressed(
      EmailAddress from,
      List<EmailAddress> to,
      List<EmailAddress> cc,
      List<EmailAddress> bcc,
      List<EmailAddress> replyTo) {
    public Addressed {
      to = List.copyOf(to);
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
      replyTo = List.copyOf(replyTo);
    }

    /** Whose events decide the status of the message. */
    public EmailAddress primary() {
      return to.getFirst();
    }

    /** All that get the mail: to, cc and bcc. */
    public List<EmailAddress> recipients() {
      var all = new ArrayList<>(to);
      all.addAll(cc);
      all.addAll(bcc);
      return List.copyOf(all);
    }
  }

  public EmailParts {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    attachments = List.copyOf(attachments);
  }

  /** What makes a mail unsendable; thrown no further than {@link #prepared}. */
  private static final class Unsendable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient DeliveryResult result;

    Unsendable(DeliveryResult result) {
      super(result.toString(), null, false, false);
      this.result = result;
    }
  }

  /**
   * What a provider makes of the parts; refused without asking it when the settings are at fault,
   * there is no sender, an address is none, a header is not one that a template may set, or a file
   * is not base64.
   */
  public static Preparation prepared(
      DeliveryRequest<Content.Email> request, Function<EmailParts, Preparation> made) {
    Optional<DeliveryResult> fault = request.settings().fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    try {
      return made.apply(of(request.content()));
    } catch (Unsendable e) {
      return new Preparation.Refused(e.result);
    }
  }

  /**
   * The address of the recipient, encoded, for comparing with what providers say of addresses;
   * empty when there is none that could be sent to.
   */
  public static Optional<String> primary(Content.Email content) {
    return content.envelope().to().stream()
        .findFirst()
        .map(EmailAddress::of)
        .flatMap(
            reading ->
                switch (reading) {
                  case EmailAddress.Reading.Usable(var usable) -> Optional.of(usable.address());
                  case EmailAddress.Reading.Unusable _ -> Optional.empty();
                });
  }

  /** Whether the mail goes to anybody besides the recipient. */
  public static boolean goesToOthers(Content.Email content) {
    Content.Envelope envelope = content.envelope();
    return envelope.to().size() + envelope.cc().size() + envelope.bcc().size() > 1;
  }

  /** Further headers as an object of texts. */
  public Json.Obj headersJson() {
    Json.Obj json = Json.object();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      json = json.with(header.getKey(), header.getValue());
    }
    return json;
  }

  /** Files shown within the mail, by the {@code cid:} that its HTML names them with. */
  public List<Attachment> inline() {
    return attachments.stream().filter(EmailParts::shown).toList();
  }

  /** Files listed beneath the mail. */
  public List<Attachment> attached() {
    return attachments.stream().filter(file -> !shown(file)).toList();
  }

  /** Whether the file is shown within the mail, which needs a name for {@code cid:}. */
  public static boolean shown(Attachment file) {
    return file.inline() && file.contentId().isPresent();
  }

  private static EmailParts of(Content.Email content) throws Unsendable {
    String text = content.text();
    return new EmailParts(
        addressed(content.envelope()),
        SingleLines.of(content.subject()),
        content.html(),
        text.isBlank() && content.html().isBlank() ? " " : text,
        headers(content.headers()),
        files(content.attachments()));
  }

  private static Addressed addressed(Content.Envelope envelope) throws Unsendable {
    Mailbox from =
        envelope
            .from()
            .orElseThrow(
                () -> new Unsendable(new DeliveryResult.Misconfigured("there is no sender")));
    EmailAddress sender =
        usable(from, reason -> new DeliveryResult.Misconfigured("from: " + reason));
    var seen = new HashSet<String>();
    var to = new ArrayList<EmailAddress>();
    for (Mailbox mailbox : envelope.to()) {
      boolean primary = to.isEmpty();
      add(
          to,
          seen,
          usable(
              mailbox,
              reason ->
                  primary
                      ? new DeliveryResult.Bounced("to: " + reason, true)
                      : new DeliveryResult.Rejected("to: " + reason)));
    }
    if (to.isEmpty()) {
      throw new Unsendable(new DeliveryResult.Bounced("the recipient has no address", false));
    }
    return new Addressed(
        sender,
        to,
        further("cc", envelope.cc(), seen),
        further("bcc", envelope.bcc(), seen),
        further("reply-to", envelope.replyTo(), new HashSet<>()));
  }

  private static List<EmailAddress> further(String field, List<Mailbox> mailboxes, Set<String> seen)
      throws Unsendable {
    var addresses = new ArrayList<EmailAddress>();
    for (Mailbox mailbox : mailboxes) {
      add(
          addresses,
          seen,
          usable(mailbox, reason -> new DeliveryResult.Rejected(field + ": " + reason)));
    }
    return addresses;
  }

  /** Who is in two fields gets one mail, and SendGrid refuses the whole of it otherwise. */
  private static void add(List<EmailAddress> to, Set<String> seen, EmailAddress address) {
    if (seen.add(address.address().toLowerCase(Locale.ROOT))) {
      to.add(address);
    }
  }

  private static EmailAddress usable(Mailbox mailbox, Function<String, DeliveryResult> otherwise)
      throws Unsendable {
    return switch (EmailAddress.of(mailbox)) {
      case EmailAddress.Reading.Usable(var address) -> address;
      case EmailAddress.Reading.Unusable(var reason) ->
          throw new Unsendable(otherwise.apply(reason));
    };
  }

  private static Map<String, String> headers(Map<String, String> given) throws Unsendable {
    var headers = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> header : given.entrySet()) {
      if (!EmailHeaders.settable(header.getKey())) {
        throw new Unsendable(
            new DeliveryResult.Rejected(
                "a header that cannot be set: " + EmailHeaders.shown(header.getKey())));
      }
      headers.put(header.getKey(), SingleLines.of(header.getValue()));
    }
    return headers;
  }

  private static List<Attachment> files(List<Attachment> given) throws Unsendable {
    var files = new ArrayList<Attachment>();
    for (Attachment file : given) {
      files.add(
          EmailFiles.checked(file)
              .orElseThrow(
                  () ->
                      new Unsendable(new DeliveryResult.Rejected("an attachment is not base64"))));
    }
    return files;
  }
}
