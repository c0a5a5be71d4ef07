package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.time.Zones;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value in a request and where it stands. Each reader gives the value as one type, or is {@link
 * ApiException} with the path.
 */
public record RequestValue(String path, Json json) {

  public boolean isText() {
    return json instanceof Json.Str;
  }

  public boolean isObject() {
    return json instanceof Json.Obj;
  }

  public String text() {
    if (json instanceof Json.Str(var value)) {
      return value;
    }
    throw refused("must be a string");
  }

  /** A text of at most {@code characters} code points. */
  public String text(int characters) {
    var value = text();
    if (value.codePointCount(0, value.length()) > characters) {
      throw refused("must have at most " + characters + " characters");
    }
    return value;
  }

  /** The name of a time zone. */
  public ZoneId zone() {
    return Zones.named(text())
        .orElseThrow(() -> refused("is not the name of a time zone, such as Europe/Berlin"));
  }

  /** An id by the rules of {@link Ids}. */
  public String id() {
    return Ids.checked(path, text());
  }

  /** One of these texts. */
  public String oneOf(Set<String> allowed) {
    var value = text();
    if (!allowed.contains(value)) {
      throw refused("must be one of " + String.join(", ", new TreeSet<>(allowed)));
    }
    return value;
  }

  public boolean bool() {
    if (json instanceof Json.Bool(var value)) {
      return value;
    }
    throw refused("must be true or false");
  }

  /** A whole number within the bounds, both included. */
  public int integer(int least, int most) {
    if (json instanceof Json.Num(var value)
        && value.stripTrailingZeros().scale() <= 0
        && value.compareTo(BigDecimal.valueOf(least)) >= 0
        && value.compareTo(BigDecimal.valueOf(most)) <= 0) {
      return value.intValueExact();
    }
    throw refused("must be a whole number from " + least + " to " + most);
  }

  /** An ISO 8601 date and time with a zone or an offset. */
  public Instant instant() {
    return instant(path, text());
  }

  public RequestFields object() {
    if (json instanceof Json.Obj object) {
      return new RequestFields(object, path);
    }
    throw path.isEmpty()
        ? ErrorCode.INVALID_PARAMS.at("body", "must be an object")
        : refused("must be an object");
  }

  /** The items of a list of {@code least} to {@code most} of them. */
  public List<RequestValue> list(int least, int most) {
    if (!(json instanceof Json.Arr(var items))) {
      throw refused("must be a list");
    }
    if (items.size() < least) {
      throw refused("must have at least " + least + (least == 1 ? " entry" : " entries"));
    }
    if (items.size() > most) {
      throw refused("must have at most " + most + " entries");
    }
    var values = new ArrayList<RequestValue>(items.size());
    for (int i = 0; i < items.size(); i++) {
      values.add(new RequestValue(path + "[" + i + "]", items.get(i)));
    }
    return List.copyOf(values);
  }

  /** To be thrown: this value is not acceptable, because of what the sentence says. */
  public ApiException refused(String sentence) {
    return ErrorCode.INVALID_PARAMS.at(path, sentence);
  }

  static Instant instant(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw ErrorCode.INVALID_PARAMS.at(
          field, "must be an ISO 8601 date and time such as 2026-01-05T09:00:00Z");
    }
  }
}
