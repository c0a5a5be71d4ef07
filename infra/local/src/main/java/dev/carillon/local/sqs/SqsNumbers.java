package dev.carillon.local.sqs;

import dev.carillon.json.Json;
import java.util.Optional;

/** Whole numbers of a request, within the limits SQS sets them. */
final class SqsNumbers {
  private SqsNumbers() {}

  /** Empty when the parameter is absent or null. */
  static Optional<Integer> within(Json.Obj body, String key, int min, int max) {
    var value = body.get(key).orElse(Json.NULL);
    if (value instanceof Json.Null()) {
      return Optional.empty();
    }
    if (!(value instanceof Json.Num(var number)) || number.stripTrailingZeros().scale() > 0) {
      throw SqsProtocol.invalid("Value for parameter " + key + " is not an integer.");
    }
    var whole = number.toBigInteger();
    if (whole.bitLength() > 31 || whole.intValue() < min || whole.intValue() > max) {
      throw SqsProtocol.invalid(
          "Value %s for parameter %s is invalid. Reason: Must be >= %d and <= %d, if provided."
              .formatted(whole, key, min, max));
    }
    return Optional.of(whole.intValue());
  }
}
