package org.lossbook.kernel.cell;

import static org.objectweb.asm.Opcodes.ASM9;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes loops interruptible that never check for interrupts. Every backward jump of a cell's code,
 * and every start of a method or lambda, first calls through one call site. That site does nothing,
 * and the JIT compiler knows it, so a loop runs as fast as before; an interrupt points the site at
 * {@link #stop()} and the JVM throws the compiled code away at its next safepoint.
 */
final class InterruptPoints {
  private static final MethodType VOID = MethodType.methodType(void.class);
  private static final Handle BOOTSTRAP =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          InterruptPoints.Site.class.getName().replace('.', '/'),
          "site",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)"
              + "Ljava/lang/invoke/CallSite;",
          false);

  private static final MethodHandle GO_ON = MethodHandles.empty(VOID);
  private static final MethodHandle STOP = stopHandle();
  private static final MutableCallSite POINT = new MutableCallSite(GO_ON);
  private static volatile Predicate<Thread> stopped = thread -> false;

  private InterruptPoints() {}

  /** Makes the threads that match {@code which} end at their next point. */
  static void raise(Predicate<Thread> which) {
    stopped = which;
    POINT.setTarget(STOP);
    MutableCallSite.syncAll(new MutableCallSite[] {POINT});
  }

  /** Lets all threads run again. */
  static void clear() {
    if (POINT.getTarget() != GO_ON) {
      stopped = thread -> false;
      POINT.setTarget(GO_ON);
      MutableCallSite.syncAll(new MutableCallSite[] {POINT});
    }
  }

  /** The same class, with a point before each backward jump and at the start of each method. */
  static byte[] insertInto(byte[] classFile) {
    var reader = new ClassReader(classFile);
    // A point pushes nothing and jumps nowhere: frames and stack depths stay as they are.
    var writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            var next = super.visitMethod(access, name, type, signature, exceptions);
            boolean runsOnce = name.startsWith("<") || name.startsWith("do_it$");
            return new PointInserter(next, !runsOnce);
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Called at a point while an interrupt is raised. */
  private static void stop() {
    Thread here = Thread.currentThread();
    // A parallel stream runs a cell's lambdas on the common pool.
    boolean pooled =
        here instanceof ForkJoinWorkerThread worker
            && worker.getPool() == ForkJoinPool.commonPool();
    if (pooled || stopped.test(here)) {
      throw new CellInterrupted();
    }
  }

  private static MethodHandle stopHandle() {
    try {
      return MethodHandles.lookup().findStatic(InterruptPoints.class, "stop", VOID);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The bootstrap of all points; public, because cells are in another package. */
  public static final class Site {
    private Site() {}

    /** The one call site that all points share. */
    public static CallSite site(MethodHandles.Lookup caller, String name, MethodType type) {
      return POINT;
    }
  }

  private static final class PointInserter extends MethodVisitor {
    private final Set<Label> behind = new HashSet<>();
    private final boolean atStart;

    PointInserter(MethodVisitor next, boolean atStart) {
      super(ASM9, next);
      this.atStart = atStart;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (atStart) {
        insert();
      }
    }

    @Override
    public void visitLabel(Label label) {
      behind.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (behind.contains(target)) {
        insert();
      }
      super.visitJumpInsn(opcode, target);
    }

    private void insert() {
      super.visitInvokeDynamicInsn("point", "()V", BOOTSTRAP);
    }
  }
}
