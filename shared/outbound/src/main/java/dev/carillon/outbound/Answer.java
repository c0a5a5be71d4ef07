package dev.carillon.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** As much of a response's body as we want and as came. */
record Answer(byte[] bytes, boolean truncated) {

  static Answer read(InputStream in, int most) {
    var kept = new ByteArrayOutputStream();
    var chunk = new byte[8_192];
    boolean broken = false;
    try {
      for (int count = 0; count >= 0 && kept.size() <= most; count = in.read(chunk)) {
        kept.write(chunk, 0, count);
      }
    } catch (IOException _) {
      // The server has answered: what it did is known, and only the end of its words is missing.
      broken = true;
    }
    return new Answer(
        Arrays.copyOf(kept.toByteArray(), Math.min(kept.size(), most)),
        broken || kept.size() > most);
  }
}
