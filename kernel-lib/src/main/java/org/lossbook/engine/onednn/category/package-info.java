/** Operations that sort numbers into categories and pass no gradient on. */
package org.lossbook.engine.onednn.category;
