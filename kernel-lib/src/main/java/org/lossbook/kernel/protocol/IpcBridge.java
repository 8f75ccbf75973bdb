package org.lossbook.kernel.protocol;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves a port of this machine at a file, for the transport {@code ipc}: what JeroMQ calls so is
 * TCP at a port of its own choice, which no other program finds.
 */
final class IpcBridge {
  private static final int BUFFER = 64 * 1024;

  private IpcBridge() {}

  /** Passes on what arrives at {@code file}, a Unix domain socket, and what is answered. */
  static void serve(Path file, int port) throws IOException {
    Files.deleteIfExists(file);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(file));
    file.toFile().deleteOnExit();
    start(() -> accept(server, port));
  }

  private static void accept(ServerSocketChannel server, int port) {
    while (true) {
      try {
        SocketChannel client = server.accept();
        SocketChannel kernel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        kernel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        start(() -> pass(client, kernel));
        start(() -> pass(kernel, client));
      } catch (IOException e) {
        if (!server.isOpen()) {
          return;
        }
      }
    }
  }

  private static void pass(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(BUFFER);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      // One side has closed the connection; so does the other.
    }
  }

  private static void start(Runnable task) {
    var thread = new Thread(task, "ipc");
    thread.setDaemon(true);
    thread.start();
  }
}
