package dev.carillon.functions.tracking;

import dev.carillon.tracking.link.TrackingPaths.Image;

/** Open pixels: one transparent pixel each. */
final class TrackingImages {
  /** 68 bytes: 8-bit RGBA, all zero. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII=";

  /** 43 bytes: GIF89a, its one colour transparent. */
  private static final String GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

  private TrackingImages() {}

  static String base64(Image image) {
    return switch (image) {
      case PNG -> PNG;
      case GIF -> GIF;
    };
  }

  static String type(Image image) {
    return switch (image) {
      case PNG -> "image/png";
      case GIF -> "image/gif";
    };
  }
}
