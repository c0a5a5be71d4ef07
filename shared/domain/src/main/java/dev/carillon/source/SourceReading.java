package dev.carillon.source;

import dev.carillon.condition.Path;
import dev.carillon.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a source reads in something that came in.
 *
 * @param type empty when it says of no type
 * @param idempotencyKey empty when there is none that can be one
 * @param happenedAt when it says it happened; empty when it does not say, or not so that it can be
 *     read
 * @param context what paths lead into: {@code body}, {@code headers}, {@code event}, {@code
 *     user_id}, {@code data}
 */
public record SourceReading(
    Optional<String> type,
    Optional<String> idempotencyKey,
    Optional<Instant> happenedAt,
    Json.Obj context) {

  /** Characters of a type or an idempotency key. */
  public static final int CHARACTERS = 255;

  /** A number beyond it is one of milliseconds: as seconds it were the year 5138. */
  private static final long SECONDS = 100_000_000_000L;

  /** What says who sent it and how it came is nobody's business later on. */
  private static final Set<String> NOT_KEPT =
      Set.of("authorization", "cookie", "x-forwarded-for", "x-knock-user-token");

  /** Where customer data platforms, and events of buses, name the user. */
  private static final List<Path> USER =
      Stream.of("userId", "user_id", "detail.userId", "detail.user_id").map(Path::of).toList();

  /** Where they have what the event is about; the whole body where they have nothing. */
  private static final List<String> DATA = List.of("properties", "traits", "detail");

  static SourceReading of(SourceSettings settings, Json.Obj body, Map<String, String> headers) {
    var kept = new LinkedHashMap<String, Json>();
    new TreeMap<>(headers)
        .forEach(
            (name, value) -> {
              if (!NOT_KEPT.contains(name)
                  && settings
                      .verification()
                      .map(Verification::header)
                      .filter(name::equals)
                      .isEmpty()) {
                kept.put(name, Json.of(value));
              }
            });
    Json.Obj sent = Json.object().with("body", body).with("headers", new Json.Obj(kept));
    // Their other calls (identify, page, group) have a type and no name.
    Optional<String> type =
        settings
            .eventType()
            .in(sent)
            .flatMap(SourceReading::text)
            .or(() -> body.text("type"))
            .filter(it -> !it.isEmpty() && it.length() <= CHARACTERS);
    return new SourceReading(
        type,
        settings
            .idempotencyKey()
            .flatMap(it -> it.in(sent))
            .flatMap(it -> it instanceof Json.Str(var text) ? Optional.of(text) : Optional.empty())
            .filter(it -> !it.isEmpty() && it.length() <= CHARACTERS),
        settings.timestamp().flatMap(it -> it.in(sent)).flatMap(SourceReading::time),
        context(sent, type.orElse("")));
  }

  /**
   * @param sent {@code body} and {@code headers}, as they are kept
   */
  static Json.Obj context(Json.Obj sent, String type) {
    Json.Obj body = sent.object("body");
    return sent.with("event", type)
        .with(
            "user_id",
            Json.ofNullable(
                USER.stream()
                    .flatMap(it -> it.in(body).flatMap(SourceReading::text).stream())
                    .filter(it -> !it.isEmpty())
                    .findFirst()))
        .with(
            "data",
            DATA.stream()
                .<Json>flatMap(it -> body.get(it).filter(Json.Obj.class::isInstance).stream())
                .findFirst()
                .orElse(body));
  }

  /** Numbers are ids too. */
  static Optional<String> text(Json json) {
    return switch (json) {
      case Json.Str(var text) -> Optional.of(text);
      case Json.Num(var number) -> Optional.of(number.toPlainString());
      case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  /** ISO 8601, or seconds since 1970, or milliseconds. */
  private static Optional<Instant> time(Json json) {
    try {
      return switch (json) {
        case Json.Str(var text) -> Optional.of(OffsetDateTime.parse(text).toInstant());
        case Json.Num(var number) -> Optional.of(since1970(number.longValue()));
        case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> Optional.empty();
      };
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Instant since1970(long number) {
    return number > SECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
  }
}
