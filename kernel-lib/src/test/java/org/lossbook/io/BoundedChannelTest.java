package org.lossbook.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedChannelTest {
  @TempDir Path folder;

  /** jHDF reads the last node of a tree as if it had twice its entries: of Xception's weights. */
  @Test
  void aNodeThatIsReadBeyondTheEndEndsInZeros() throws IOException {
    BoundedChannel channel = ofBytes(1, 2, 3, 4, 5);
    ByteBuffer node = ByteBuffer.allocate(8);

    assertThat(channel.read(node, 2)).isEqualTo(8);
    assertThat(node.array()).containsExactly(3, 4, 5, 0, 0, 0, 0, 0);
    channel.shut();
  }

  @Test
  void whatBeginsOrReachesFarBeyondTheEndIsRefused() throws IOException {
    BoundedChannel channel = ofBytes(1, 2, 3, 4, 5);

    for (long position : new long[] {5, 6, 1000, Long.MAX_VALUE, -1}) {
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), position))
          .hasMessage("the file places a part beyond its end");
    }
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(2000), 0))
        .hasMessage("the file places a part beyond its end");
    channel.shut();
  }

  private BoundedChannel ofBytes(int... bytes) throws IOException {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return new BoundedChannel(Files.write(folder.resolve("bytes"), all));
  }
}
