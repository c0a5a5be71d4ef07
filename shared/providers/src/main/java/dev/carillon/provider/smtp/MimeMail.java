package dev.carillon.provider.smtp;

import dev.carillon.message.Content.Attachment;
import dev.carillon.message.MessageId;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailHeaders;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EncodedWords;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.util.QPEncoderStream;

/**
 * A mail as SMTP carries it: ASCII, lines of at most 998 characters ended by CRLF. Nothing in it is
 * of chance or of the moment but what is given, so that the same mail has the same bytes.
 *
 * <p>RFC 5322 (format), RFC 2045 to 2047 (MIME), RFC 2231 (names of files), RFC 2392 (cid)
 *
 * @param messageId without its angle brackets
 */
record MimeMail(MessageId id, String messageId, Instant date) {
  private static final String CRLF = "\r\n";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** RFC 5322 allows 998 in a line; a word longer than this is broken up. */
  private static final int LONGEST_WORD = 900;

  private static final Pattern COMPOSITE =
      Pattern.compile("\\s*(multipart|message)/", Pattern.CASE_INSENSITIVE);

  /** In names of files, what some programs take for RFC 2231's encoding where there is none. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[*'%]");

  /** Bytes of a name in one piece of it. */
  private static final int PIECE = 20;

  /** A part, or the whole: headers, an empty line, what is encoded. */
  private record Entity(Map<String, String> headers, byte[] body) {
    byte[] bytes() {
      var out = new ByteArrayOutputStream();
      headers.forEach(
          (name, value) ->
              write(out, name + ": " + MimeUtility.fold(name.length() + 2, value) + CRLF));
      write(out, CRLF);
      out.writeBytes(body);
      return out.toByteArray();
    }
  }

  /**
   * @param further headers beside those made of the parts; names and values that headers can have
   */
  byte[] bytes(EmailParts parts, Map<String, String> further) {
    EmailParts.Addressed addressed = parts.addressed();
    var headers = new LinkedHashMap<String, String>();
    headers.put("Date", DATE.format(date));
    headers.put("From", addressed.from().encoded());
    headers.put("To", joined(addressed.to()));
    if (!addressed.cc().isEmpty()) {
      headers.put("Cc", joined(addressed.cc()));
    }
    if (!addressed.replyTo().isEmpty()) {
      headers.put("Reply-To", joined(addressed.replyTo()));
    }
    headers.put("Subject", unstructured(EncodedWords.of(parts.subject())));
    headers.put("Message-ID", "<" + messageId + ">");
    headers.put(EmailHeaders.MESSAGE_ID, id.value());
    further.forEach((name, value) -> headers.put(name, unstructured(ascii(value))));
    headers.put("MIME-Version", "1.0");
    Entity whole = whole(parts);
    headers.putAll(whole.headers());
    return new Entity(headers, whole.body()).bytes();
  }

  /** Files beneath the mail, the mail in one form or two, files within its HTML. */
  private Entity whole(EmailParts parts) {
    List<Attachment> attached = parts.html().isBlank() ? parts.attachments() : parts.attached();
    Entity said = said(parts);
    if (attached.isEmpty()) {
      return said;
    }
    var all = new ArrayList<Entity>();
    all.add(said);
    attached.forEach(file -> all.add(file(file, "attachment")));
    return multipart("mixed", all);
  }

  private Entity said(EmailParts parts) {
    if (parts.html().isBlank()) {
      return text("plain", parts.text());
    }
    Entity html = text("html", parts.html());
    if (!parts.inline().isEmpty()) {
      var related = new ArrayList<Entity>();
      related.add(html);
      parts.inline().forEach(file -> related.add(file(file, "inline")));
      html = multipart("related", related);
    }
    // The last is the one to prefer.
    return parts.text().isBlank()
        ? html
        : multipart("alternative", List.of(text("plain", parts.text()), html));
  }

  private static Entity text(String subtype, String text) {
    byte[] utf8 = text.replaceAll("\r\n|\r|\n", CRLF).getBytes(StandardCharsets.UTF_8);
    long foreign = IntStream.range(0, utf8.length).filter(i -> utf8[i] < 0).count();
    // Quoted, a byte that is not ASCII takes three; in base64 three bytes take four.
    boolean base64 = foreign * 6 > utf8.length;
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "text/" + subtype + "; charset=UTF-8");
    headers.put("Content-Transfer-Encoding", base64 ? "base64" : "quoted-printable");
    return new Entity(headers, base64 ? base64(utf8) : quotedPrintable(utf8));
  }

  private static Entity file(Attachment file, String disposition) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", type(file.contentType()));
    headers.put("Content-Transfer-Encoding", "base64");
    headers.put("Content-Disposition", disposition + named(file.name()));
    file.contentId().ifPresent(it -> headers.put("Content-ID", "<" + it + ">"));
    return new Entity(headers, base64(Signatures.unbase64(file.content()).orElseThrow()));
  }

  /**
   * What consists of parts may not be in base64 (RFC 2045, 6.4): such a file is one of any kind.
   */
  private static String type(String given) {
    return COMPOSITE.matcher(given).lookingAt() ? "application/octet-stream" : given;
  }

  /** The name of a file, split and encoded as RFC 2231 has it. */
  private static String named(String name) {
    if (EncodedWords.isPlain(name) && AMBIGUOUS.matcher(name).find() || name.contains("=?")) {
      return spelled(name);
    }
    var list = new ParameterList();
    list.set("filename", name, "UTF-8");
    return list.toString();
  }

  /** Every byte that could mean something is encoded, a few in each piece. */
  private static String spelled(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    var spelled = new StringBuilder();
    for (int piece = 0; piece * PIECE < bytes.length; piece++) {
      spelled.append("; filename*").append(piece).append("*=").append(piece == 0 ? "UTF-8''" : "");
      for (int i = piece * PIECE; i < Math.min(bytes.length, (piece + 1) * PIECE); i++) {
        char c = (char) (bytes[i] & 0xff);
        boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
        spelled.append(plain ? Character.toString(c) : "%%%02X".formatted((int) c));
      }
    }
    return spelled.toString();
  }

  private Entity multipart(String subtype, List<Entity> parts) {
    String boundary = boundary(subtype);
    var out = new ByteArrayOutputStream();
    for (Entity part : parts) {
      write(out, "--" + boundary + CRLF);
      out.writeBytes(part.bytes());
      write(out, CRLF);
    }
    write(out, "--" + boundary + "--" + CRLF);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "multipart/" + subtype + "; boundary=\"" + boundary + "\"");
    return new Entity(headers, out.toByteArray());
  }

  /** With {@code =_} in it, which neither encoding of the parts can have (RFC 2045, 6.7). */
  private String boundary(String subtype) {
    return "=_carillon_" + subtype + "_" + id.value();
  }

  private static String joined(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::encoded).collect(Collectors.joining(", "));
  }

  /** What is ASCII already may be encoded already, and stays. */
  private static String ascii(String value) {
    return value.chars().allMatch(c -> c < 0x80) ? value : EncodedWords.encoded(value);
  }

  /** Words too long for a line become encoded ones, which are not. */
  private static String unstructured(String value) {
    return Arrays.stream(value.split(" ")).anyMatch(word -> word.length() > LONGEST_WORD)
        ? EncodedWords.encoded(value)
        : value;
  }

  private static byte[] base64(byte[] content) {
    return Base64.getMimeEncoder(76, CRLF.getBytes(StandardCharsets.US_ASCII)).encode(content);
  }

  private static byte[] quotedPrintable(byte[] text) {
    var out = new ByteArrayOutputStream();
    try (var encoder = new QPEncoderStream(out)) {
      encoder.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
