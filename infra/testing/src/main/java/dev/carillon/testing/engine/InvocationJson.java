package dev.carillon.testing.engine;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** JSON on its way into handlers and out of them. */
public final class InvocationJson {
  private InvocationJson() {}

  public static String of(Json json) {
    return JsonText.write(json);
  }

  public static InputStream stream(Json json) {
    return new ByteArrayInputStream(of(json).getBytes(StandardCharsets.UTF_8));
  }

  public static Json.Obj object(byte[] utf8) {
    if (utf8.length > 0 && JsonText.parse(utf8) instanceof Json.Obj object) {
      return object;
    }
    return Json.object();
  }
}
