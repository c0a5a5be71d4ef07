package dev.carillon.local.ses;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.wire.AwsError;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import dev.carillon.local.wire.AwsService;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The REST protocol of SES v2, with its rules for what may be sent, over {@link SimulatedSes}. */
public final class SesProtocol {
  private static final int MAX_RECIPIENTS = 50;
  private static final int MAX_HEADERS = 15;
  private static final int MAX_TAGS = 50;
  private static final long MAX_BYTES = 40L << 20;
  private static final Pattern HEADER_NAME = Pattern.compile("[!-9;-~]{1,126}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{1,995}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  /** What SES writes itself; a sender cannot. */
  private static final Set<String> RESERVED =
      Set.of(
          "bcc",
          "cc",
          "content-disposition",
          "content-transfer-encoding",
          "content-type",
          "date",
          "from",
          "message-id",
          "mime-version",
          "reply-to",
          "return-path",
          "sender",
          "subject",
          "to");

  private final SimulatedSes mailbox;

  public SesProtocol(SimulatedSes mailbox) {
    this.mailbox = mailbox;
  }

  /** The operation that method and path name; {@code Unknown} when there is none such here. */
  public static String operation(AwsRequest request) {
    return request.method().equals("POST")
            && request.segments().equals(List.of("v2", "email", "outbound-emails"))
        ? "SendEmail"
        : "Unknown";
  }

  /** What the call needs of its caller's policies. */
  public List<AccessRequest.Need> needs(AwsRequest request) {
    var body = request.json();
    return SesActions.of(sender(body, raw(body)), body.text("ConfigurationSetName"));
  }

  /**
   * Carries the call out.
   *
   * @throws AwsError as SES would refuse it
   */
  public AwsResponse answer(AwsRequest request) {
    if (!operation(request).equals("SendEmail")) {
      throw new AwsError(
          404, "UnknownOperationException", "The local stack has no such call of SES.");
    }
    if (request.body().length > MAX_BYTES) {
      throw bad("Email size exceeds the limit of 40 MB.");
    }
    var email = email(request.json());
    mailbox.deliver(email);
    return AwsService.SES.ok(Json.object().with("MessageId", email.messageId()));
  }

  private SentEmail email(Json.Obj body) {
    var configurationSet = body.text("ConfigurationSetName");
    if (configurationSet.filter(name -> !mailbox.hasConfigurationSet(name)).isPresent()) {
      throw new AwsError(
          404,
          "NotFoundException",
          "Configuration set <" + configurationSet.get() + "> does not exist.");
    }
    var destination = body.object("Destination");
    var to = texts(destination, "ToAddresses");
    var cc = texts(destination, "CcAddresses");
    var bcc = texts(destination, "BccAddresses");
    var replyTo = texts(body, "ReplyToAddresses");
    var tags = tags(body);
    var content = body.object("Content");
    var raw = raw(body);
    var from = sender(body, raw);
    if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty() && raw.isPresent()) {
      to = raw.get().addresses("To");
      cc = raw.get().addresses("Cc");
      bcc = raw.get().addresses("Bcc");
    }
    addresses(from, to, cc, bcc, replyTo);
    var parts = raw.map(SesProtocol::parts).orElseGet(() -> simple(content));
    return new SentEmail(
        mailbox.now(),
        mailbox.nextMessageId(),
        from,
        to,
        cc,
        bcc,
        replyTo,
        parts.subject(),
        parts.html(),
        parts.text(),
        parts.headers(),
        parts.attachments(),
        tags,
        configurationSet);
  }

  private static Optional<ReceivedMail> raw(Json.Obj body) {
    return body.object("Content")
        .object("Raw")
        .text("Data")
        .map(data -> ReceivedMail.parse(bytes(data)));
  }

  private static String sender(Json.Obj body, Optional<ReceivedMail> raw) {
    return body.text("FromEmailAddress")
        .or(() -> raw.flatMap(mail -> mail.header("From")))
        .orElseThrow(() -> bad("Missing required header 'From'."));
  }

  private record Parts(
      String subject,
      Optional<String> html,
      Optional<String> text,
      List<SentEmail.Header> headers,
      List<SentEmail.Attachment> attachments) {}

  private static Parts parts(ReceivedMail mail) {
    return new Parts(
        mail.header("Subject").orElse(""),
        mail.html(),
        mail.text(),
        mail.headers(),
        mail.attachments());
  }

  private static Parts simple(Json.Obj content) {
    if (content.get("Simple").isEmpty()) {
      throw bad("Exactly one of Simple and Raw content must be given to the local stack.");
    }
    var simple = content.object("Simple");
    var subject =
        simple
            .object("Subject")
            .text("Data")
            .orElseThrow(() -> bad("Missing required header 'Subject'."));
    if (subject.chars().anyMatch(character -> character == '\r' || character == '\n')) {
      throw bad("Header value must not contain line breaks: Subject.");
    }
    var html = simple.object("Body").object("Html").text("Data");
    var text = simple.object("Body").object("Text").text("Data");
    if (html.isEmpty() && text.isEmpty()) {
      throw bad("The message body must have an HTML or a text part.");
    }
    return new Parts(subject, html, text, headers(simple), attachments(simple));
  }

  private static void addresses(
      String from, List<String> to, List<String> cc, List<String> bcc, List<String> replyTo) {
    SesAddresses.bare(from);
    var recipients = new ArrayList<>(to);
    recipients.addAll(cc);
    recipients.addAll(bcc);
    if (recipients.isEmpty()) {
      throw bad("At least one recipient must be given.");
    }
    if (recipients.size() > MAX_RECIPIENTS) {
      throw bad("Recipient count exceeds 50.");
    }
    recipients.forEach(SesAddresses::bare);
    replyTo.forEach(SesAddresses::bare);
  }

  private static List<SentEmail.Header> headers(Json.Obj simple) {
    var headers = new ArrayList<SentEmail.Header>();
    for (var item : simple.list("Headers")) {
      var header = item instanceof Json.Obj one ? one : Json.object();
      var name = header.text("Name").orElse("");
      var value = header.text("Value").orElse("");
      if (!HEADER_NAME.matcher(name).matches()) {
        throw bad("Invalid header name <" + name + ">.");
      }
      if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
        throw bad("Header <" + name + "> cannot be set by the sender.");
      }
      if (!HEADER_VALUE.matcher(value).matches()) {
        throw bad("Invalid value of header <" + name + ">.");
      }
      headers.add(new SentEmail.Header(name, value));
    }
    if (headers.size() > MAX_HEADERS) {
      throw bad("At most 15 headers can be given.");
    }
    return headers;
  }

  private static List<SentEmail.Attachment> attachments(Json.Obj simple) {
    var attachments = new ArrayList<SentEmail.Attachment>();
    for (var item : simple.list("Attachments")) {
      var attachment = item instanceof Json.Obj one ? one : Json.object();
      var name = attachment.text("FileName").orElse("");
      if (name.isEmpty() || attachment.text("RawContent").isEmpty()) {
        throw bad("An attachment must have a file name and content.");
      }
      attachments.add(
          new SentEmail.Attachment(
              name,
              attachment.text("ContentType").orElse("application/octet-stream"),
              bytes(attachment.text("RawContent").get()).length));
    }
    return attachments;
  }

  private static Map<String, String> tags(Json.Obj body) {
    var tags = new LinkedHashMap<String, String>();
    for (var item : body.list("EmailTags")) {
      var tag = item instanceof Json.Obj one ? one : Json.object();
      var name = tag.text("Name").orElse("");
      var value = tag.text("Value").orElse("");
      for (var part : List.of(name, value)) {
        if (!TAG.matcher(part).matches()) {
          throw bad(
              "Invalid tag <%s>, only alphanumeric ASCII characters, '_' and '-' are allowed, at most 256."
                  .formatted(part));
        }
      }
      if (tags.put(name, value) != null) {
        throw bad("Duplicate tag name <" + name + ">.");
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw bad("At most 50 tags can be given.");
    }
    return tags;
  }

  private static List<String> texts(Json.Obj body, String key) {
    return body.list(key).stream()
        .map(item -> item instanceof Json.Str(var text) ? text : "")
        .toList();
  }

  /** Base64 with line breaks anywhere; refuses anything else. */
  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw bad("The content is not valid Base64.");
    }
  }

  static AwsError bad(String sentence) {
    return new AwsError(400, "BadRequestException", sentence);
  }
}
