package dev.carillon.provider.format;

import dev.carillon.id.Digest;
import dev.carillon.message.Content.Field;
import dev.carillon.provider.access.Signatures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A form with files, {@code multipart/form-data} (RFC 7578). The boundary is made of all that it
 * keeps apart, so that it is the same each time and occurs in none of it.
 */
public record MultipartBody(List<Field> fields, List<Part> files) {
  public MultipartBody {
    fields = List.copyOf(fields);
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param name of the field
   * @param contentType {@code type/subtype}
   */
  public record Part(String name, String fileName, String contentType, byte[] content) {}

  public String contentType() {
    return "multipart/form-data; boundary=" + boundary();
  }

  public byte[] bytes() {
    String boundary = boundary();
    var out = new ByteArrayOutputStream();
    for (Field field : fields) {
      write(out, "--" + boundary + "\r\n" + disposition(field.name()) + "\r\n\r\n");
      write(out, field.value() + "\r\n");
    }
    for (Part file : files) {
      write(
          out,
          "--%s\r\n%s; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
              .formatted(
                  boundary,
                  disposition(file.name()),
                  escaped(file.fileName()),
                  escaped(file.contentType())));
      out.writeBytes(file.content());
      write(out, "\r\n");
    }
    write(out, "--" + boundary + "--\r\n");
    return out.toByteArray();
  }

  private String boundary() {
    var parts = new ArrayList<String>();
    fields.forEach(field -> parts.addAll(List.of(field.name(), field.value())));
    for (Part file : files) {
      parts.addAll(List.of(file.name(), file.fileName(), file.contentType()));
      parts.add(Signatures.base64(file.content()));
    }
    return "carillon-" + Digest.of(parts.toArray(String[]::new)).hex().substring(0, 40);
  }

  private static String disposition(String name) {
    return "Content-Disposition: form-data; name=\"" + escaped(name) + "\"";
  }

  /** As browsers do (HTML, multipart/form-data encoding algorithm). */
  private static String escaped(String name) {
    return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
