package dev.carillon.functions.api.preferencecenter;

import dev.carillon.json.Json;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * In whose colours the page is. What is no colour or no address of an image is left out: it goes
 * into the page's style and its images.
 *
 * @param said as variables and tenants have it
 */
record Branding(Json.Obj said) {
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{3,8}");
  private static final String DARK = "dark_";

  Optional<String> color(String name) {
    return said.text(name).filter(it -> COLOR.matcher(it).matches());
  }

  Optional<String> image(String name) {
    return said.text(name).filter(Branding::isAddress);
  }

  private static boolean isAddress(String text) {
    try {
      return "https".equals(URI.create(text).getScheme());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** As the API shows it, for light and dark. */
  Json.Obj json() {
    return of("").with("dark", of(DARK));
  }

  private Json.Obj of(String prefix) {
    return Json.object()
        .with("icon_url", Json.ofNullable(image(prefix + "icon_url")))
        .with("logo_url", Json.ofNullable(image(prefix + "logo_url")))
        .with("primary_color", Json.ofNullable(color(prefix + "primary_color")))
        .with("primary_color_contrast", Json.ofNullable(color(prefix + "primary_color_contrast")));
  }
}
