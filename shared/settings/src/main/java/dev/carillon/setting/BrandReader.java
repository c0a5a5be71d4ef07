package dev.carillon.setting;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantBranding;
import java.util.Set;

/** Reads the brand of an environment or a tenant: colours, and where logos and icons are. */
public final class BrandReader {
  private static final Set<String> FIELDS =
      Set.of(
          "primary_color",
          "primary_color_contrast",
          "dark_primary_color",
          "dark_primary_color_contrast",
          "primary_text_color",
          "secondary_text_color",
          "logo_url",
          "icon_url",
          "dark_logo_url",
          "dark_icon_url");

  private BrandReader() {}

  /**
   * The brand as it was given. A field may be null or blank, which is none.
   *
   * @throws ApiException when there is a field that no brand has, or a colour that is none
   */
  public static Json.Obj read(RequestValue value) {
    RequestFields brand = value.object().only(FIELDS);
    var problems = TenantBranding.problems(brand.json());
    if (!problems.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMS,
          problems.stream()
              .map(it -> it.below(value.path()))
              .map(it -> new ApiException.Field(it.field(), it.reason()))
              .toList());
    }
    return brand.json();
  }

  /**
   * The colour as it was given; blank is none.
   *
   * @throws ApiException when it is no colour
   */
  public static String color(RequestValue value) {
    if (!TenantBranding.isColor(value.json())) {
      throw value.refused("must be a colour as #1d1d26");
    }
    return value.text();
  }
}
