package org.lossbook.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A bounded file channel for jHDF: read-only, never memory-mapped (Windows would keep the file
 * locked), and limited in reads, so that a file with cyclic parts cannot loop forever.
 */
final class BoundedChannel extends FileChannel {
  /**
   * The maximum number of reads; a file of a thousand layers with optimizer state takes a tenth of
   * it.
   */
  private static final int MOST_READS = 1_000_000;

  /** The maximum number of bytes of metadata; weights are not read through this. */
  private static final long MOST_BYTES = 256L << 20;

  private final FileChannel file;
  private final long size;

  /**
   * How many bytes beyond the end count as zeros: jHDF reads the last node of a tree of groups as
   * if it had twice its entries, at most 64 of 16 bytes.
   */
  private static final int MOST_BEYOND = 1024;

  private int reads;
  private long bytes;

  BoundedChannel(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.READ);
    size = file.size();
  }

  /** Fills the rest of a buffer. */
  void readFully(ByteBuffer into, long position) {
    try {
      fill(into, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(ByteBuffer into, long position) throws IOException {
    while (into.hasRemaining()) {
      int count = file.read(into, position);
      if (count < 0) {
        throw new IOException("the file ends too early");
      }
      position += count;
    }
  }

  void shut() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    bytes += into.remaining();
    if (++reads > MOST_READS || bytes > MOST_BYTES) {
      throw new IOException("the file's parts form a cycle");
    }
    int wanted = into.remaining();
    boolean isBeyond = position >= size || wanted - MOST_BEYOND > size - position;
    if (position < 0 || wanted > 0 && isBeyond) {
      throw new IOException("the file places a part beyond its end");
    }
    int ends = into.limit();
    into.limit((int) Math.min(ends, into.position() + size - position));
    fill(into, position);
    into.limit(ends);
    while (into.hasRemaining()) {
      into.put((byte) 0);
    }
    return wanted;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long count) throws IOException {
    throw new IOException("not mapped: read it");
  }

  @Override
  public int read(ByteBuffer into) {
    throw unused();
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw unused();
  }

  @Override
  public int write(ByteBuffer from) {
    throw unused();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw unused();
  }

  @Override
  public int write(ByteBuffer from, long position) {
    throw unused();
  }

  @Override
  public long position() {
    throw unused();
  }

  @Override
  public FileChannel position(long position) {
    throw unused();
  }

  @Override
  public FileChannel truncate(long to) {
    throw unused();
  }

  @Override
  public void force(boolean metaData) {
    throw unused();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) {
    throw unused();
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long position, long count) {
    throw unused();
  }

  @Override
  public FileLock lock(long position, long length, boolean shared) {
    throw unused();
  }

  @Override
  public FileLock tryLock(long position, long length, boolean shared) {
    throw unused();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("a model's file is read at given places only");
  }
}
