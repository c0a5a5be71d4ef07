package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import dev.carillon.local.wire.AwsError;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Between the JSON of DynamoDB's wire protocol and the SDK's model classes, which DynamoDB Local
 * works with. The classes say themselves what their fields are called and what they hold.
 */
public final class SdkJson {
  private SdkJson() {}

  /**
   * Fills the builder. Names it does not know are left out, as AWS does; null is as good as absent.
   *
   * @throws AwsError a SerializationException when a value is of another kind than its field
   */
  public static <B extends SdkPojo> B read(Json.Obj json, B builder) {
    for (var field : builder.sdkFields()) {
      var given = json.fields().get(field.locationName());
      if (given != null && !(given instanceof Json.Null)) {
        field.set(builder, value(field, given));
      }
    }
    return builder;
  }

  private static Object value(SdkField<?> field, Json json) {
    MarshallingType<?> type = field.marshallingType();
    return switch (json) {
      case Json.Str(var text) when type == MarshallingType.STRING -> text;
      case Json.Str(var text) when type == MarshallingType.SDK_BYTES -> bytes(text);
      case Json.Bool(var bool) when type == MarshallingType.BOOLEAN -> bool;
      case Json.Num(var number) -> number(type, number);
      case Json.Obj object when type == MarshallingType.SDK_POJO ->
          built(read(object, field.constructor().get()));
      case Json.Obj(var fields) when type == MarshallingType.MAP -> {
        var element = field.getTrait(MapTrait.class).valueFieldInfo();
        var map = new LinkedHashMap<String, Object>();
        fields.forEach((name, item) -> map.put(name, value(element, item)));
        yield map;
      }
      case Json.Arr(var items) when type == MarshallingType.LIST -> {
        var element = field.getTrait(ListTrait.class).memberFieldInfo();
        var list = new ArrayList<Object>(items.size());
        items.forEach(item -> list.add(value(element, item)));
        yield list;
      }
      case Json.Str _, Json.Bool _, Json.Obj _, Json.Arr _, Json.Null _ ->
          throw mistaken(field.locationName());
    };
  }

  private static Object number(MarshallingType<?> type, BigDecimal number) {
    if (type == MarshallingType.INTEGER) {
      return number.intValue();
    }
    if (type == MarshallingType.LONG) {
      return number.longValue();
    }
    if (type == MarshallingType.DOUBLE) {
      return number.doubleValue();
    }
    throw mistaken("a number");
  }

  private static SdkBytes bytes(String base64) {
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      throw mistaken("binary data");
    }
  }

  private static AwsError mistaken(String what) {
    return new AwsError(400, "SerializationException", "Unexpected value for " + what + ".");
  }

  private static Object built(SdkPojo builder) {
    return builder instanceof SdkBuilder<?, ?> one ? one.build() : builder;
  }

  /** The fields that hold something. Names keep the SDK's order. */
  static Json.Obj write(SdkPojo pojo) {
    var json = new LinkedHashMap<String, Json>();
    for (var field : pojo.sdkFields()) {
      var value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList<?>)
          && !(value instanceof SdkAutoConstructMap<?, ?>)) {
        json.put(field.locationName(), json(value));
      }
    }
    return new Json.Obj(json);
  }

  private static Json json(Object value) {
    return switch (value) {
      case String text -> Json.of(text);
      case Boolean bool -> Json.of(bool);
      case Integer number -> Json.of(number);
      case Long number -> Json.of(number);
      case Number number -> new Json.Num(new BigDecimal(number.toString()).stripTrailingZeros());
      case Instant instant ->
          new Json.Num(BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros());
      case SdkBytes bytes -> Json.of(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
      case SdkPojo pojo -> write(pojo);
      case List<?> list -> Json.array(list.stream().map(SdkJson::json).toList());
      case Set<?> set -> Json.array(set.stream().map(SdkJson::json).toList());
      case Map<?, ?> map -> {
        var fields = new LinkedHashMap<String, Json>();
        map.forEach((name, item) -> fields.put(String.valueOf(name), json(item)));
        yield new Json.Obj(fields);
      }
      default -> throw new IllegalStateException("No JSON for " + value.getClass());
    };
  }
}
