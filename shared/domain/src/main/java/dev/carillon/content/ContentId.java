package dev.carillon.content;

/**
 * Names one content of an environment.
 *
 * @param key what the team calls it; not empty, at most 400 bytes as UTF-8
 */
public record ContentId(ContentType type, String key) {
  public ContentId {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("A content without a key");
    }
  }

  @Override
  public String toString() {
    return type.wireName() + "/" + key;
  }
}
