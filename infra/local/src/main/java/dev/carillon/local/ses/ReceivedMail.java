package dev.carillon.local.ses;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * A mail that its sender wrote out as MIME: the parts that an outbox shows. Parts may nest; of
 * several HTML or text parts the first counts.
 */
record ReceivedMail(
    List<SentEmail.Header> headers,
    Optional<String> html,
    Optional<String> text,
    List<SentEmail.Attachment> attachments) {
  /** What may stand in a name only between quotes (RFC 5322, 3.2.3). */
  private static final Pattern SPECIAL = Pattern.compile("[()<>\\[\\]:;@\\\\,.\"]");

  // How long lines and headers may be is SES's business.
  private static final MimeConfig CONFIG =
      MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(-1).setMaxHeaderCount(-1).build();

  /**
   * @throws dev.carillon.local.wire.AwsError a BadRequestException when it is not a mail
   */
  static ReceivedMail parse(byte[] mime) {
    var builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(CONFIG);
    try {
      var mail = builder.parseMessage(new ByteArrayInputStream(mime));
      try {
        return read(mail);
      } finally {
        mail.dispose();
      }
    } catch (IOException e) {
      throw SesProtocol.bad("The raw content is not a mail: " + e.getMessage());
    }
  }

  private static ReceivedMail read(Entity mail) throws IOException {
    var leaves = new ArrayList<Entity>();
    collect(mail, leaves);
    var attachments = new ArrayList<SentEmail.Attachment>();
    Optional<String> html = Optional.empty();
    Optional<String> text = Optional.empty();
    for (var leaf : leaves) {
      var file = fileName(leaf);
      if (file.isPresent()) {
        attachments.add(
            new SentEmail.Attachment(file.get(), leaf.getMimeType(), content(leaf).length));
      } else if (html.isEmpty() && leaf.getMimeType().equals("text/html")) {
        html = Optional.of(new String(content(leaf), charset(leaf)));
      } else if (text.isEmpty() && leaf.getMimeType().equals("text/plain")) {
        text = Optional.of(new String(content(leaf), charset(leaf)));
      }
    }
    var headers = mail.getHeader().getFields().stream().map(ReceivedMail::header).toList();
    return new ReceivedMail(headers, html, text, attachments);
  }

  private static void collect(Entity entity, List<Entity> leaves) {
    if (entity.getBody() instanceof Multipart parts) {
      parts.getBodyParts().forEach(part -> collect(part, leaves));
    } else {
      leaves.add(entity);
    }
  }

  private static byte[] content(Entity leaf) throws IOException {
    // A mail within the mail has no bytes of its own here.
    return leaf.getBody() instanceof SingleBody body
        ? body.getInputStream().readAllBytes()
        : new byte[0];
  }

  /** What the part says, or UTF-8 where it says nothing or nothing that Java knows. */
  private static Charset charset(Entity leaf) {
    try {
      return contentType(leaf)
          .map(ContentTypeField::getCharset)
          .map(Charset::forName)
          .orElse(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return StandardCharsets.UTF_8;
    }
  }

  private static Optional<String> fileName(Entity leaf) {
    return Optional.ofNullable(leaf.getFilename())
        .or(() -> contentType(leaf).map(type -> type.getParameter("name")));
  }

  private static Optional<ContentTypeField> contentType(Entity leaf) {
    return leaf.getHeader().getField("Content-Type") instanceof ContentTypeField type
        ? Optional.of(type)
        : Optional.empty();
  }

  /** Encoded words in clear; other characters are UTF-8, as in most mail that has any. */
  private static SentEmail.Header header(Field field) {
    return new SentEmail.Header(
        field.getName(), DecoderUtil.decodeEncodedWords(unfolded(field), DecodeMonitor.SILENT));
  }

  private static String unfolded(Field field) {
    var raw = field.getRaw();
    var line =
        raw == null
            ? field.getName() + ":" + field.getBody()
            : new String(raw.toByteArray(), StandardCharsets.UTF_8);
    return MimeUtil.unfold(line.substring(line.indexOf(':') + 1)).strip();
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(SentEmail.Header::value)
        .findFirst();
  }

  /** The header's addresses, names included; a comma inside quotes does not part them. */
  List<String> addresses(String name) {
    return header(name)
        .map(LenientAddressParser.DEFAULT::parseAddressList)
        .map(list -> list.flatten().stream().map(ReceivedMail::written).toList())
        .orElse(List.of());
  }

  private static String written(Mailbox mailbox) {
    var name = mailbox.getName();
    if (name == null) {
      return mailbox.getAddress();
    }
    var shown = SPECIAL.matcher(name).find() ? '"' + name.replace("\"", "\\\"") + '"' : name;
    return shown + " <" + mailbox.getAddress() + ">";
  }
}
