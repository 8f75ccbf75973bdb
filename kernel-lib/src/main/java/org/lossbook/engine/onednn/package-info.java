/**
 * The engine on oneDNN: one operation a class, forward and backward. The only package that imports
 * org.bytedeco. Floor 0.
 */
package org.lossbook.engine.onednn;
