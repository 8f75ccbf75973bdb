package org.lossbook.kernel.cell;

import static org.objectweb.asm.Opcodes.ASM9;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * How a class sets its static fields at first. Code that is redefined does not run again: a reader
 * who edits {@code static double rate = 0.1;} gets a new class.
 */
final class StaticValues {
  private StaticValues() {}

  /** By the name of each static field, the instructions that set it; its constant, if it is one. */
  static Map<String, List<Object>> of(byte[] classFile) {
    Map<String, List<Object>> values = new HashMap<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(ASM9) {
              @Override
              public FieldVisitor visitField(
                  int access, String name, String type, String signature, Object value) {
                if (value != null && (access & Opcodes.ACC_STATIC) != 0) {
                  values.put(name, List.of(value));
                }
                return null;
              }

              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return name.equals("<clinit>") ? new Instructions(values) : null;
              }
            },
            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return values;
  }

  private static final class Instructions extends MethodVisitor {
    private final Map<String, List<Object>> values;
    private List<Object> code = new ArrayList<>();

    Instructions(Map<String, List<Object>> values) {
      super(ASM9);
      this.values = values;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
      add(opcode, owner, name, type);
      if (opcode == Opcodes.PUTSTATIC) {
        values.merge(name, code, Instructions::joined);
        code = new ArrayList<>();
      }
    }

    private static List<Object> joined(List<Object> one, List<Object> two) {
      var all = new ArrayList<>(one);
      all.addAll(two);
      return all;
    }

    @Override
    public void visitEnd() {
      if (!code.isEmpty()) {
        values.put("", code); // the rest of a static block
      }
    }

    @Override
    public void visitInsn(int opcode) {
      add(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      add(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int index) {
      add(opcode, index);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      add(opcode, type);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean ofInterface) {
      add(opcode, owner, name, type);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String type, Handle by, Object... arguments) {
      add(name, type, List.of(arguments));
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      add(opcode);
    }

    @Override
    public void visitLdcInsn(Object value) {
      add(value);
    }

    @Override
    public void visitIincInsn(int index, int increment) {
      add(index, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      add(min, max);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label... labels) {
      for (int key : keys) {
        add(key);
      }
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
      add(type, dimensions);
    }

    private void add(Object... parts) {
      for (Object part : parts) {
        code.add(CellNames.withoutVersions(part.toString()));
      }
    }
  }
}
