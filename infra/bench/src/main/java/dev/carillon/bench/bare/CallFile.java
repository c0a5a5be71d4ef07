package dev.carillon.bench.bare;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Requests of the SDK in a file, read without a parser of JSON: each is the name of its operation
 * and the fields that hold something, by their place among the fields of the class.
 */
public final class CallFile {
  private static final int END = -1;

  private CallFile() {}

  public static void write(Path file, List<SdkPojo> requests) throws IOException {
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(requests.size());
      for (SdkPojo request : requests) {
        out.writeUTF(request.getClass().getSimpleName());
        pojo(out, request);
      }
    }
  }

  public static List<SdkPojo> read(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      var requests = new ArrayList<SdkPojo>(count);
      for (int i = 0; i < count; i++) {
        requests.add((SdkPojo) built(pojo(in, BareClients.builder(in.readUTF()))));
      }
      return requests;
    }
  }

  private static void pojo(DataOutputStream out, SdkPojo pojo) throws IOException {
    List<SdkField<?>> fields = pojo.sdkFields();
    for (int i = 0; i < fields.size(); i++) {
      Object value = fields.get(i).getValueOrDefault(pojo);
      boolean nothing =
          value == null
              || value instanceof Map<?, ?> map && map.isEmpty()
              || value instanceof List<?> list && list.isEmpty();
      if (!nothing) {
        out.writeInt(i);
        value(out, value);
      }
    }
    out.writeInt(END);
  }

  private static void value(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case String text -> bytes(out, text.getBytes(StandardCharsets.UTF_8));
      case Boolean truth -> out.writeBoolean(truth);
      case Integer number -> out.writeInt(number);
      case SdkBytes binary -> bytes(out, binary.asByteArrayUnsafe());
      case SdkPojo pojo -> pojo(out, pojo);
      case List<?> list -> {
        out.writeInt(list.size());
        for (Object item : list) {
          value(out, item);
        }
      }
      case Map<?, ?> map -> {
        out.writeInt(map.size());
        for (var entry : map.entrySet()) {
          value(out, entry.getKey());
          value(out, entry.getValue());
        }
      }
      default ->
          throw new IOException("A " + value.getClass().getSimpleName() + " is not expected");
    }
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static SdkPojo pojo(DataInputStream in, SdkPojo builder) throws IOException {
    List<SdkField<?>> fields = builder.sdkFields();
    for (int i = in.readInt(); i != END; i = in.readInt()) {
      fields.get(i).set(builder, value(in, fields.get(i)));
    }
    return builder;
  }

  private static Object value(DataInputStream in, SdkField<?> field) throws IOException {
    return switch (field.marshallingType().getTargetClass().getSimpleName()) {
      case "String" -> text(in);
      case "Boolean" -> in.readBoolean();
      case "Integer" -> in.readInt();
      case "SdkBytes" -> SdkBytes.fromByteArrayUnsafe(in.readNBytes(in.readInt()));
      case "SdkPojo" -> built(pojo(in, field.constructor().get()));
      case "List" -> {
        SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
        int size = in.readInt();
        var list = new ArrayList<Object>(size);
        for (int i = 0; i < size; i++) {
          list.add(value(in, element));
        }
        yield list;
      }
      case "Map" -> {
        SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
        int size = in.readInt();
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < size; i++) {
          map.put(text(in), value(in, element));
        }
        yield map;
      }
      case String other -> throw new IOException("A " + other + " is not expected");
    };
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static Object built(SdkPojo builder) {
    return builder instanceof SdkBuilder<?, ?> one ? one.build() : builder;
  }
}
