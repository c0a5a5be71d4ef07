package dev.carillon.project.pinpoint;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What Amazon Pinpoint gave out: what an export job writes (a JSON object a line, one for each
 * endpoint, often gzipped), and the answers of its own API for templates and segments, by
 * themselves, in a list, or one a line. Each is recognized by its fields.
 */
final class PinpointExport {
  /** A template of {@code GetEmailTemplate} and its like. */
  record Template(Channel channel, String name, Json.Obj fields) {}

  /** The kinds of templates that Pinpoint has. */
  enum Channel {
    EMAIL("EmailTemplateResponse"),
    SMS("SMSTemplateResponse"),
    PUSH("PushNotificationTemplateResponse"),
    IN_APP("InAppTemplateResponse"),
    VOICE("VoiceTemplateResponse");

    private final String wrapper;

    Channel(String wrapper) {
      this.wrapper = wrapper;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final List<Template> templates = new ArrayList<>();
  private final List<Json.Obj> segments = new ArrayList<>();
  private final List<Json.Obj> endpoints = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  private PinpointExport() {}

  /**
   * @throws IllegalArgumentException when the file is no JSON, whole or by lines
   */
  static PinpointExport read(Path file) {
    var export = new PinpointExport();
    String text = text(file);
    try {
      export.take(JsonText.parse(text), "the file");
    } catch (MalformedJson whole) {
      int line = 0;
      for (String one : text.split("\n")) {
        line++;
        if (!one.isBlank()) {
          export.line(file, line, one);
        }
      }
    }
    return export;
  }

  private static String text(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        var reader =
            new BufferedReader(
                new InputStreamReader(
                    isGzip(file) ? new GZIPInputStream(raw) : raw, StandardCharsets.UTF_8))) {
      return reader.readAllAsString();
    } catch (java.nio.file.NoSuchFileException _) {
      throw new IllegalArgumentException(file.toAbsolutePath() + " is no file");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isGzip(Path file) throws IOException {
    try (InputStream begin = Files.newInputStream(file)) {
      return begin.read() == GZIP_FIRST && begin.read() == GZIP_SECOND;
    }
  }

  private void line(Path file, int line, String text) {
    try {
      take(JsonText.parse(text), "line " + line);
    } catch (MalformedJson e) {
      throw new IllegalArgumentException(
          file.toAbsolutePath()
              + " is no JSON, and its line "
              + line
              + " is none: "
              + e.getMessage());
    }
  }

  private void take(Json json, String where) {
    switch (json) {
      case Json.Arr(var items) -> items.forEach(item -> take(item, where));
      case Json.Obj object -> take(object, where);
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> unknown.add(where);
    }
  }

  private void take(Json.Obj object, String where) {
    for (Channel channel : Channel.values()) {
      if (object.fields().get(channel.wrapper) instanceof Json.Obj fields) {
        templates.add(new Template(channel, fields.text("TemplateName").orElse(""), fields));
        return;
      }
    }
    if (object.fields().get("SegmentsResponse") instanceof Json.Obj list) {
      list.list("Item").forEach(item -> take(item, where));
    } else if (object.fields().get("SegmentResponse") instanceof Json.Obj segment) {
      segments.add(segment);
    } else if (object.fields().get("EndpointsResponse") instanceof Json.Obj list) {
      list.list("Item").forEach(item -> take(item, where));
    } else if (object.fields().get("EndpointResponse") instanceof Json.Obj endpoint) {
      endpoints.add(endpoint);
    } else if (object.get("SegmentType").isPresent()) {
      segments.add(object);
    } else if (object.get("ChannelType").isPresent()) {
      endpoints.add(object);
    } else if (lists(object)) {
      object.fields().values().forEach(list -> take(list, where));
    } else {
      unknown.add(where);
    }
  }

  /** An object that gathers several of these, under whatever names. */
  private static boolean lists(Json.Obj object) {
    return !object.fields().isEmpty()
        && object.fields().values().stream().allMatch(Json.Arr.class::isInstance);
  }

  List<Template> templates() {
    return List.copyOf(templates);
  }

  List<Json.Obj> segments() {
    return List.copyOf(segments);
  }

  List<Json.Obj> endpoints() {
    return List.copyOf(endpoints);
  }

  /** Where there was something that is none of these. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }
}
