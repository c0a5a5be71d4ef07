package dev.carillon.local.sqs;

import dev.carillon.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A message as a sender hands it over, checked by SQS's rules. */
record OutgoingMessage(
    String body,
    Optional<Duration> delay,
    Optional<String> groupId,
    Map<String, MessageAttribute> attributes,
    Optional<String> trace) {
  static final int MAX_SIZE = 1_048_576;
  private static final int MAX_DELAY_SECONDS = 900;
  private static final int MAX_ATTRIBUTES = 10;
  private static final Pattern GROUP = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
  private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..{1,248})?");

  /**
   * @param trace the header by which the caller names its trace: of all messages of a request
   */
  static OutgoingMessage parse(Json.Obj request, Optional<String> trace) {
    var body = SqsProtocol.text(request, "MessageBody");
    if (!body.codePoints().allMatch(OutgoingMessage::allowed)) {
      throw SqsProtocol.refusal(
          "InvalidMessageContents",
          "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF"
              + " | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
    }
    if (size(request) > MAX_SIZE) {
      throw SqsProtocol.invalid(
          "One or more parameters are invalid. Reason: Message must be shorter than %d bytes."
              .formatted(MAX_SIZE));
    }
    var group = request.text("MessageGroupId");
    if (group.filter(id -> !GROUP.matcher(id).matches()).isPresent()) {
      throw SqsProtocol.invalid(
          "Value %s for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length."
              .formatted(group.get()));
    }
    var delay =
        SqsNumbers.within(request, "DelaySeconds", 0, MAX_DELAY_SECONDS).map(Duration::ofSeconds);
    return new OutgoingMessage(
        body, delay, group, attributes(request.object("MessageAttributes")), trace);
  }

  /** The bytes of the body and the attributes, as the limit counts them. */
  static long size(Json.Obj request) {
    var size = bytes(request.text("MessageBody").orElse(""));
    for (var attribute : request.object("MessageAttributes").fields().entrySet()) {
      size += bytes(attribute.getKey());
      if (attribute.getValue() instanceof Json.Obj value) {
        size += bytes(value.text("DataType").orElse(""));
        size += bytes(value.text("StringValue").orElse(""));
        size += value.text("BinaryValue").orElse("").length() * 3L / 4;
      }
    }
    return size;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean allowed(int character) {
    return character == 0x9
        || character == 0xA
        || character == 0xD
        || (character >= 0x20 && character <= 0xD7FF)
        || (character >= 0xE000 && character <= 0xFFFD)
        || character >= 0x10000;
  }

  private static Map<String, MessageAttribute> attributes(Json.Obj given) {
    if (given.fields().size() > MAX_ATTRIBUTES) {
      throw SqsProtocol.invalid(
          "Number of message attributes [%d] exceeds the allowed maximum [10]."
              .formatted(given.fields().size()));
    }
    var attributes = new LinkedHashMap<String, MessageAttribute>();
    given
        .fields()
        .forEach(
            (name, value) -> {
              var attribute = value instanceof Json.Obj fields ? fields : Json.object();
              var type = attribute.text("DataType").orElse("");
              if (!ATTRIBUTE_NAME.matcher(name).matches() || !TYPE.matcher(type).matches()) {
                throw SqsProtocol.invalid(
                    "The message attribute '%s' has an invalid name or type.".formatted(name));
              }
              var key = type.startsWith("Binary") ? "BinaryValue" : "StringValue";
              var content =
                  attribute
                      .text(key)
                      .filter(text -> !text.isEmpty())
                      .orElseThrow(
                          () ->
                              SqsProtocol.invalid(
                                  "The message attribute '%s' must contain a non-empty value of type '%s'."
                                      .formatted(name, type)));
              attributes.put(name, new MessageAttribute(type, content));
            });
    return attributes;
  }

  /** Whether a name asked for, which may be All or end in a wildcard, covers an attribute. */
  static boolean wants(String pattern, String name) {
    return pattern.equals("All")
        || pattern.equals(name)
        || (pattern.endsWith(".*") && name.startsWith(pattern.substring(0, pattern.length() - 2)));
  }

  static Json.Obj wire(Map<String, MessageAttribute> attributes) {
    var wire = new LinkedHashMap<String, Json>();
    attributes.forEach(
        (name, attribute) ->
            wire.put(
                name,
                Json.object()
                    .with("DataType", attribute.type())
                    .with(attribute.binary() ? "BinaryValue" : "StringValue", attribute.value())));
    return new Json.Obj(wire);
  }
}
