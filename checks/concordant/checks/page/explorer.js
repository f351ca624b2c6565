"use strict";(()=>{var vs=Object.defineProperty;var ys=Object.getOwnPropertyDescriptor;var p=(r,s,e,t)=>{for(var n=t>1?void 0:t?ys(s,e):s,i=r.length-1,o;i>=0;i--)(o=r[i])&&(n=(t?o(s,e,n):o(n))||n);return t&&n&&vs(s,e,n),n};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Me=globalThis,Ce=Me.ShadowRoot&&(Me.ShadyCSS===void 0||Me.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,et=Symbol(),wt=new WeakMap,be=class{constructor(s,e,t){if(this._$cssResult$=!0,t!==et)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=s,this.t=e}get styleSheet(){let s=this.o,e=this.t;if(Ce&&s===void 0){let t=e!==void 0&&e.length===1;t&&(s=wt.get(e)),s===void 0&&((this.o=s=new CSSStyleSheet).replaceSync(this.cssText),t&&wt.set(e,s))}return s}toString(){return this.cssText}},bt=r=>new be(typeof r=="string"?r:r+"",void 0,et),T=(r,...s)=>{let e=r.length===1?r[0]:s.reduce((t,n,i)=>t+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+r[i+1],r[0]);return new be(e,r,et)},kt=(r,s)=>{if(Ce)r.adoptedStyleSheets=s.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of s){let t=document.createElement("style"),n=Me.litNonce;n!==void 0&&t.setAttribute("nonce",n),t.textContent=e.cssText,r.appendChild(t)}},tt=Ce?r=>r:r=>r instanceof CSSStyleSheet?(s=>{let e="";for(let t of s.cssRules)e+=t.cssText;return bt(e)})(r):r;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:ws,defineProperty:bs,getOwnPropertyDescriptor:ks,getOwnPropertyNames:xs,getOwnPropertySymbols:Ts,getPrototypeOf:As}=Object,Oe=globalThis,xt=Oe.trustedTypes,Ss=xt?xt.emptyScript:"",Es=Oe.reactiveElementPolyfillSupport,ke=(r,s)=>r,xe={toAttribute(r,s){switch(s){case Boolean:r=r?Ss:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,s){let e=r;switch(s){case Boolean:e=r!==null;break;case Number:e=r===null?null:Number(r);break;case Object:case Array:try{e=JSON.parse(r)}catch{e=null}}return e}},Le=(r,s)=>!ws(r,s),Tt={attribute:!0,type:String,converter:xe,reflect:!1,useDefault:!1,hasChanged:Le};Symbol.metadata??=Symbol("metadata"),Oe.litPropertyMetadata??=new WeakMap;var F=class extends HTMLElement{static addInitializer(s){this._$Ei(),(this.l??=[]).push(s)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(s,e=Tt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(s)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(s,e),!e.noAccessor){let t=Symbol(),n=this.getPropertyDescriptor(s,t,e);n!==void 0&&bs(this.prototype,s,n)}}static getPropertyDescriptor(s,e,t){let{get:n,set:i}=ks(this.prototype,s)??{get(){return this[e]},set(o){this[e]=o}};return{get:n,set(o){let l=n?.call(this);i?.call(this,o),this.requestUpdate(s,l,t)},configurable:!0,enumerable:!0}}static getPropertyOptions(s){return this.elementProperties.get(s)??Tt}static _$Ei(){if(this.hasOwnProperty(ke("elementProperties")))return;let s=As(this);s.finalize(),s.l!==void 0&&(this.l=[...s.l]),this.elementProperties=new Map(s.elementProperties)}static finalize(){if(this.hasOwnProperty(ke("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ke("properties"))){let e=this.properties,t=[...xs(e),...Ts(e)];for(let n of t)this.createProperty(n,e[n])}let s=this[Symbol.metadata];if(s!==null){let e=litPropertyMetadata.get(s);if(e!==void 0)for(let[t,n]of e)this.elementProperties.set(t,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(s){let e=[];if(Array.isArray(s)){let t=new Set(s.flat(1/0).reverse());for(let n of t)e.unshift(tt(n))}else s!==void 0&&e.push(tt(s));return e}static _$Eu(s,e){let t=e.attribute;return t===!1?void 0:typeof t=="string"?t:typeof s=="string"?s.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(s=>this.enableUpdating=s),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(s=>s(this))}addController(s){(this._$EO??=new Set).add(s),this.renderRoot!==void 0&&this.isConnected&&s.hostConnected?.()}removeController(s){this._$EO?.delete(s)}_$E_(){let s=new Map,e=this.constructor.elementProperties;for(let t of e.keys())this.hasOwnProperty(t)&&(s.set(t,this[t]),delete this[t]);s.size>0&&(this._$Ep=s)}createRenderRoot(){let s=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return kt(s,this.constructor.elementStyles),s}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(s=>s.hostConnected?.())}enableUpdating(s){}disconnectedCallback(){this._$EO?.forEach(s=>s.hostDisconnected?.())}attributeChangedCallback(s,e,t){this._$AK(s,t)}_$ET(s,e){let t=this.constructor.elementProperties.get(s),n=this.constructor._$Eu(s,t);if(n!==void 0&&t.reflect===!0){let i=(t.converter?.toAttribute!==void 0?t.converter:xe).toAttribute(e,t.type);this._$Em=s,i==null?this.removeAttribute(n):this.setAttribute(n,i),this._$Em=null}}_$AK(s,e){let t=this.constructor,n=t._$Eh.get(s);if(n!==void 0&&this._$Em!==n){let i=t.getPropertyOptions(n),o=typeof i.converter=="function"?{fromAttribute:i.converter}:i.converter?.fromAttribute!==void 0?i.converter:xe;this._$Em=n;let l=o.fromAttribute(e,i.type);this[n]=l??this._$Ej?.get(n)??l,this._$Em=null}}requestUpdate(s,e,t,n=!1,i){if(s!==void 0){let o=this.constructor;if(n===!1&&(i=this[s]),t??=o.getPropertyOptions(s),!((t.hasChanged??Le)(i,e)||t.useDefault&&t.reflect&&i===this._$Ej?.get(s)&&!this.hasAttribute(o._$Eu(s,t))))return;this.C(s,e,t)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(s,e,{useDefault:t,reflect:n,wrapped:i},o){t&&!(this._$Ej??=new Map).has(s)&&(this._$Ej.set(s,o??e??this[s]),i!==!0||o!==void 0)||(this._$AL.has(s)||(this.hasUpdated||t||(e=void 0),this._$AL.set(s,e)),n===!0&&this._$Em!==s&&(this._$Eq??=new Set).add(s))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let s=this.scheduleUpdate();return s!=null&&await s,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,i]of this._$Ep)this[n]=i;this._$Ep=void 0}let t=this.constructor.elementProperties;if(t.size>0)for(let[n,i]of t){let{wrapped:o}=i,l=this[n];o!==!0||this._$AL.has(n)||l===void 0||this.C(n,void 0,i,l)}}let s=!1,e=this._$AL;try{s=this.shouldUpdate(e),s?(this.willUpdate(e),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(e)):this._$EM()}catch(t){throw s=!1,this._$EM(),t}s&&this._$AE(e)}willUpdate(s){}_$AE(s){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(s)),this.updated(s)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(s){return!0}update(s){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(s){}firstUpdated(s){}};F.elementStyles=[],F.shadowRootOptions={mode:"open"},F[ke("elementProperties")]=new Map,F[ke("finalized")]=new Map,Es?.({ReactiveElement:F}),(Oe.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var nt=globalThis,At=r=>r,He=nt.trustedTypes,St=He?He.createPolicy("lit-html",{createHTML:r=>r}):void 0,rt="$lit$",K=`lit$${Math.random().toFixed(9).slice(2)}$`,it="?"+K,Rs=`<${it}>`,se=document,Ae=()=>se.createComment(""),Se=r=>r===null||typeof r!="object"&&typeof r!="function",ot=Array.isArray,Ct=r=>ot(r)||typeof r?.[Symbol.iterator]=="function",st=`[ 	
\f\r]`,Te=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Et=/-->/g,Rt=/>/g,ee=RegExp(`>|${st}(?:([^\\s"'>=/]+)(${st}*=${st}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),_t=/'/g,Pt=/"/g,Ot=/^(?:script|style|textarea|title)$/i,at=r=>(s,...e)=>({_$litType$:r,strings:s,values:e}),a=at(1),_=at(2),tn=at(3),I=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),Mt=new WeakMap,te=se.createTreeWalker(se,129);function Lt(r,s){if(!ot(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return St!==void 0?St.createHTML(s):s}var Ht=(r,s)=>{let e=r.length-1,t=[],n,i=s===2?"<svg>":s===3?"<math>":"",o=Te;for(let l=0;l<e;l++){let h=r[l],c,m,g=-1,S=0;for(;S<h.length&&(o.lastIndex=S,m=o.exec(h),m!==null);)S=o.lastIndex,o===Te?m[1]==="!--"?o=Et:m[1]!==void 0?o=Rt:m[2]!==void 0?(Ot.test(m[2])&&(n=RegExp("</"+m[2],"g")),o=ee):m[3]!==void 0&&(o=ee):o===ee?m[0]===">"?(o=n??Te,g=-1):m[1]===void 0?g=-2:(g=o.lastIndex-m[2].length,c=m[1],o=m[3]===void 0?ee:m[3]==='"'?Pt:_t):o===Pt||o===_t?o=ee:o===Et||o===Rt?o=Te:(o=ee,n=void 0);let P=o===ee&&r[l+1].startsWith("/>")?" ":"";i+=o===Te?h+Rs:g>=0?(t.push(c),h.slice(0,g)+rt+h.slice(g)+K+P):h+K+(g===-2?l:P)}return[Lt(r,i+(r[e]||"<?>")+(s===2?"</svg>":s===3?"</math>":"")),t]},Ee=class r{constructor({strings:s,_$litType$:e},t){let n;this.parts=[];let i=0,o=0,l=s.length-1,h=this.parts,[c,m]=Ht(s,e);if(this.el=r.createElement(c,t),te.currentNode=this.el.content,e===2||e===3){let g=this.el.content.firstChild;g.replaceWith(...g.childNodes)}for(;(n=te.nextNode())!==null&&h.length<l;){if(n.nodeType===1){if(n.hasAttributes())for(let g of n.getAttributeNames())if(g.endsWith(rt)){let S=m[o++],P=n.getAttribute(g).split(K),D=/([.?@])?(.*)/.exec(S);h.push({type:1,index:i,name:D[2],strings:P,ctor:D[1]==="."?Ie:D[1]==="?"?je:D[1]==="@"?Ue:re}),n.removeAttribute(g)}else g.startsWith(K)&&(h.push({type:6,index:i}),n.removeAttribute(g));if(Ot.test(n.tagName)){let g=n.textContent.split(K),S=g.length-1;if(S>0){n.textContent=He?He.emptyScript:"";for(let P=0;P<S;P++)n.append(g[P],Ae()),te.nextNode(),h.push({type:2,index:++i});n.append(g[S],Ae())}}}else if(n.nodeType===8)if(n.data===it)h.push({type:2,index:i});else{let g=-1;for(;(g=n.data.indexOf(K,g+1))!==-1;)h.push({type:7,index:i}),g+=K.length-1}i++}}static createElement(s,e){let t=se.createElement("template");return t.innerHTML=s,t}};function ne(r,s,e=r,t){if(s===I)return s;let n=t!==void 0?e._$Co?.[t]:e._$Cl,i=Se(s)?void 0:s._$litDirective$;return n?.constructor!==i&&(n?._$AO?.(!1),i===void 0?n=void 0:(n=new i(r),n._$AT(r,e,t)),t!==void 0?(e._$Co??=[])[t]=n:e._$Cl=n),n!==void 0&&(s=ne(r,n._$AS(r,s.values),n,t)),s}var Ne=class{constructor(s,e){this._$AV=[],this._$AN=void 0,this._$AD=s,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(s){let{el:{content:e},parts:t}=this._$AD,n=(s?.creationScope??se).importNode(e,!0);te.currentNode=n;let i=te.nextNode(),o=0,l=0,h=t[0];for(;h!==void 0;){if(o===h.index){let c;h.type===2?c=new pe(i,i.nextSibling,this,s):h.type===1?c=new h.ctor(i,h.name,h.strings,this,s):h.type===6&&(c=new We(i,this,s)),this._$AV.push(c),h=t[++l]}o!==h?.index&&(i=te.nextNode(),o++)}return te.currentNode=se,n}p(s){let e=0;for(let t of this._$AV)t!==void 0&&(t.strings!==void 0?(t._$AI(s,t,e),e+=t.strings.length-2):t._$AI(s[e])),e++}},pe=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(s,e,t,n){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=s,this._$AB=e,this._$AM=t,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let s=this._$AA.parentNode,e=this._$AM;return e!==void 0&&s?.nodeType===11&&(s=e.parentNode),s}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(s,e=this){s=ne(this,s,e),Se(s)?s===d||s==null||s===""?(this._$AH!==d&&this._$AR(),this._$AH=d):s!==this._$AH&&s!==I&&this._(s):s._$litType$!==void 0?this.$(s):s.nodeType!==void 0?this.T(s):Ct(s)?this.k(s):this._(s)}O(s){return this._$AA.parentNode.insertBefore(s,this._$AB)}T(s){this._$AH!==s&&(this._$AR(),this._$AH=this.O(s))}_(s){this._$AH!==d&&Se(this._$AH)?this._$AA.nextSibling.data=s:this.T(se.createTextNode(s)),this._$AH=s}$(s){let{values:e,_$litType$:t}=s,n=typeof t=="number"?this._$AC(s):(t.el===void 0&&(t.el=Ee.createElement(Lt(t.h,t.h[0]),this.options)),t);if(this._$AH?._$AD===n)this._$AH.p(e);else{let i=new Ne(n,this),o=i.u(this.options);i.p(e),this.T(o),this._$AH=i}}_$AC(s){let e=Mt.get(s.strings);return e===void 0&&Mt.set(s.strings,e=new Ee(s)),e}k(s){ot(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,t,n=0;for(let i of s)n===e.length?e.push(t=new r(this.O(Ae()),this.O(Ae()),this,this.options)):t=e[n],t._$AI(i),n++;n<e.length&&(this._$AR(t&&t._$AB.nextSibling,n),e.length=n)}_$AR(s=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);s!==this._$AB;){let t=At(s).nextSibling;At(s).remove(),s=t}}setConnected(s){this._$AM===void 0&&(this._$Cv=s,this._$AP?.(s))}},re=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(s,e,t,n,i){this.type=1,this._$AH=d,this._$AN=void 0,this.element=s,this.name=e,this._$AM=n,this.options=i,t.length>2||t[0]!==""||t[1]!==""?(this._$AH=Array(t.length-1).fill(new String),this.strings=t):this._$AH=d}_$AI(s,e=this,t,n){let i=this.strings,o=!1;if(i===void 0)s=ne(this,s,e,0),o=!Se(s)||s!==this._$AH&&s!==I,o&&(this._$AH=s);else{let l=s,h,c;for(s=i[0],h=0;h<i.length-1;h++)c=ne(this,l[t+h],e,h),c===I&&(c=this._$AH[h]),o||=!Se(c)||c!==this._$AH[h],c===d?s=d:s!==d&&(s+=(c??"")+i[h+1]),this._$AH[h]=c}o&&!n&&this.j(s)}j(s){s===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,s??"")}},Ie=class extends re{constructor(){super(...arguments),this.type=3}j(s){this.element[this.name]=s===d?void 0:s}},je=class extends re{constructor(){super(...arguments),this.type=4}j(s){this.element.toggleAttribute(this.name,!!s&&s!==d)}},Ue=class extends re{constructor(s,e,t,n,i){super(s,e,t,n,i),this.type=5}_$AI(s,e=this){if((s=ne(this,s,e,0)??d)===I)return;let t=this._$AH,n=s===d&&t!==d||s.capture!==t.capture||s.once!==t.once||s.passive!==t.passive,i=s!==d&&(t===d||n);n&&this.element.removeEventListener(this.name,this,t),i&&this.element.addEventListener(this.name,this,s),this._$AH=s}handleEvent(s){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,s):this._$AH.handleEvent(s)}},We=class{constructor(s,e,t){this.element=s,this.type=6,this._$AN=void 0,this._$AM=e,this.options=t}get _$AU(){return this._$AM._$AU}_$AI(s){ne(this,s)}},Nt={M:rt,P:K,A:it,C:1,L:Ht,R:Ne,D:Ct,V:ne,I:pe,H:re,N:je,U:Ue,B:Ie,F:We},_s=nt.litHtmlPolyfillSupport;_s?.(Ee,pe),(nt.litHtmlVersions??=[]).push("3.3.3");var It=(r,s,e)=>{let t=e?.renderBefore??s,n=t._$litPart$;if(n===void 0){let i=e?.renderBefore??null;t._$litPart$=n=new pe(s.insertBefore(Ae(),i),i,void 0,e??{})}return n._$AI(r),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var lt=globalThis,k=class extends F{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let s=super.createRenderRoot();return this.renderOptions.renderBefore??=s.firstChild,s}update(s){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(s),this._$Do=It(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return I}};k._$litElement$=!0,k.finalized=!0,lt.litElementHydrateSupport?.({LitElement:k});var Ps=lt.litElementPolyfillSupport;Ps?.({LitElement:k});(lt.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var E=r=>(s,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(r,s)}):customElements.define(r,s)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ms={attribute:!0,type:String,converter:xe,reflect:!1,hasChanged:Le},Cs=(r=Ms,s,e)=>{let{kind:t,metadata:n}=e,i=globalThis.litPropertyMetadata.get(n);if(i===void 0&&globalThis.litPropertyMetadata.set(n,i=new Map),t==="setter"&&((r=Object.create(r)).wrapped=!0),i.set(e.name,r),t==="accessor"){let{name:o}=e;return{set(l){let h=s.get.call(this);s.set.call(this,l),this.requestUpdate(o,h,r,!0,l)},init(l){return l!==void 0&&this.C(o,void 0,r,l),l}}}if(t==="setter"){let{name:o}=e;return function(l){let h=this[o];s.call(this,l),this.requestUpdate(o,h,r,!0,l)}}throw Error("Unsupported decorator location: "+t)};function u(r){return(s,e)=>typeof e=="object"?Cs(r,s,e):((t,n,i)=>{let o=n.hasOwnProperty(i);return n.constructor.createProperty(i,t),o?Object.getOwnPropertyDescriptor(n,i):void 0})(r,s,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function w(r){return u({...r,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ie=(r,s,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof s!="object"&&Object.defineProperty(r,s,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function me(r,s){return(e,t,n)=>{let i=o=>o.renderRoot?.querySelector(r)??null;if(s){let{get:o,set:l}=typeof t=="object"?e:n??(()=>{let h=Symbol();return{get(){return this[h]},set(c){this[h]=c}}})();return ie(e,t,{get(){let h=o.call(this);return h===void 0&&(h=i(this),(h!==null||this.hasUpdated)&&l.call(this,h)),h}})}return ie(e,t,{get(){return i(this)}})}}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var R=T`
  h2 { font-size: 1rem; margin: 0 0 0.4rem; }
  h3 { font-size: 0.9rem; margin: 0.7rem 0 0.2rem; color: var(--dim); font-weight: 600; }
  p { margin: 0.2rem 0; }
  button, select, input, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  button, summary, .button, select { cursor: pointer; }
  a { color: var(--accent); }
  .button { display: inline-block; }
  button:disabled { opacity: 0.4; cursor: default; }
  button.plain { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; color: var(--dim); }
  .value { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
  .dim { color: var(--dim); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .open { color: var(--unknown); }
  .same { color: inherit; }
  ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
  ins { background: var(--added); }
  del { background: var(--removed); text-decoration: line-through; }
  ins::before { content: "+"; }
`;var ue={theRunAndWhereYou:"The run, and where you have been",keepThisPlaceToCompare:"Keep this place to compare",compareNoMore:"Compare no more",theStart:"the start",kept:"(kept)"},$={proved:"Proved, not only explored",showsHow:"shows of what, and how.",asking:"Asking …",briefly:{"false here":"false","true here":"true","reached here":"reached","not reached here":"not reached","without a case here":"no case"},whatTheClausesSayHere:"What the clauses say here",ofThisProfileAlone:"Of this profile alone:",judgesTheRuleOnProfiles:r=>`judges the rule, on profiles such as these: ${r}. Of others nothing is promised, so that what is false there need be no mistake.`,ofThisPlaceAlone:"Of this place alone:",judgesTheSystem:"judges the system.",thatIsKnownOfThis:"That is known of this rule, which does not promise it.",underAllThatMayHappen:"Under all that may happen in this system it is not promised, so that this is no mistake.",itIsAboutWholePaths:"It is about whole paths, and true or false in no one place:",showsALassoWhereIt:"shows a lasso where it fails.",whyItHolds:"why it holds",brokenBy:"Broken by",whatItSaysAlongThe:"What it says along the run",after:"after",itIs:"it is",byWhichMoveAndWhich:"by which move, and which facts",toThePlaceAfterMoves:r=>`to the place after ${r} moves`,theStart:"the start",judgeThemEverywhere:"Judge them everywhere",stop:"Stop",everywhere:r=>`everywhere: ${r}`,goToWhereIsSo:r=>`go to where ${r} is so`,goThere:"go there",findReached:"Find the nearest place where it is reached",findFalse:"Find the nearest place where it is false",fromWhereTheSearchBegan:" (from where the search began)"},fe={theServerOfThisPage:"the server of this page does not answer: start concordant explore again",theServerAnswered:r=>`the server answered ${r}`,thisPageHoldsProfilesAnd:(r,s)=>`this page holds ${r} profiles, and not that one: concordant explore '${s}' goes on from here`,thisPageHoldsPlacesAnd:(r,s)=>`this page holds ${r} places, and not that one: concordant explore '${s}' goes on from here`},M={theyDifferFromTheFirst:"They differ from the first move on",theSame:r=>`${r} the same`,theFirstMoveIs:"The first move is",theFirstMovesAre:r=>`The first ${r} moves are`,comparedWithThePlaceThat:"Compared with the place that is kept",thisIsThatPlaceGo:"This is that place: go elsewhere, and both runs stand here side by side.",twoRunsSideBySide:"two runs side by side",theRunThatIsKept:"the run that is kept",thisRun:"this run",theFirstDifference:"the first difference",itEndsHere:"it ends here",down:" down",allProcessesStandAlikeAt:"All processes stand alike at both ends, and clauses say the same.",whereBothEndThereHere:"Where both end, there → here:"};var f={situations:"situations",concordant:r=>`${r}: Concordant`,theLinkToThisPlace:"the link to this place is copied",asSaved:"as saved",itDepartsFromWhatWas:r=>`it departs from what was saved: ${r}; it is shown as far as it goes`,nothingIsComparedAnyMore:"nothing is compared any more",thisPlaceIsKeptGo:"this place is kept: go elsewhere, and both runs stand side by side below the run",findingTheRun:"Finding the run …",thisPageHoldsPlacesFrom:r=>`This page holds ${r} places. From here`,goesOn:"goes on.",anotherScopeSituationOrMistake:"another scope, situation or mistake …",lookAtAnotherScopeSituation:r=>`look at another scope, situation or mistake of ${r}`,theRun:"the run",toTheStart:"to the start",back:"back",forward:"forward",forwardAsFarAsYou:"forward as far as you have been",filter:"filter",filterMovesAndClauses:"filter moves and clauses",keys:"keys",atTheStart:"at the start",after:(r,s)=>`after ${r} ${s}`,move:"move",moves:"moves",someMovesAtRandomFrom:"some moves at random from here, each time others",runOnAtRandom:"Run on at random",copyLink:"Copy link",save:"Save",open:"Open",nothingToSave:"no move has been made",noneYet:"No move has been made yet.",falseHere:r=>`✗ false here: ${r}`,theRunAsAPicture:"The run as a picture",itIsDrawnOnceA:"It is drawn once a move has been made.",instead:(r,s)=>`move ${r}: ${s}`,whoseMovesAreDrawn:"whose moves are drawn",allMoves:"all moves",foldStepsOfTheirOwn:"fold steps of their own",movesOfAndWhatIt:r=>`moves of ${r} and what it hears`},oe={messagesCallsAndHistory:"messages, calls and history",inFlight:"In flight",whatTheClausesRemember:"What the clauses remember",nothing:"nothing",waitingForAnAnswer:"Waiting for an answer",asks:(r,s)=>`${r} asks ${s}`},ae={scopes:"scopes",mistakes:"mistakes",lookAt:"Look at",beginAnew:r=>`begin anew: ${r}`,keys:"Keys",close:"Close"},b={back:"back",makeThatMove:"make that move",orK:"↑ or k",toTheMoveAbove:"to the move above",orJ:"↓ or j",toTheMoveBelowEnter:"to the move below; Enter makes it",orH:"← or h",orL:"→ or l",forwardAgain:"forward again",toTheStart:"to the start",forwardAsFarAsYou:"forward as far as you have been",keepThisPlaceToCompare:"keep this place, to compare other runs with it; again: no more",onlyWhatChanged:"only what changed",whatIsSeenOfEach:"what is seen of each process from outside",whatCannotBeDoneAnd:"what cannot be done, and why not",foldStepsInWhichNobody:"fold steps in which nobody hears anything",runOnAtRandomEach:"run on at random, each time otherwise",judgeTheClausesInAll:"judge the clauses in all that can be reached",toTheDiagram:"to the diagram",toTheRunAndIts:"to the run and its branches",filterMovesAndClauses:"filter moves and clauses",toTheFirstCell:"to the first cell",inATableToThe:"in a table: to the same column of the next row",whoGainsByLyingHere:"who gains by lying here?",outOfWhatOneTypes:"out of what one types into",toTheClauses:"to the clauses",copyTheLinkToWhat:"copy the link to what is shown",theseKeys:"these keys"},j={kinds:{receive:"hears a message",ask:"is asked",fire:"by itself",tick:"its clock goes on",lose:"a message is lost",crash:"goes down",recover:"comes up again",cancel:"is asked to cancel",forge:"hears what was forged",setback:"its clock is set back",suspect:"is told to suspect another",trust:"is told to trust another again"},whatCanBeDone:"What can be done",thatCannotBeMadeAnd:(r,s)=>`${r} ${s} that cannot be made, and why not`,noMoveCanBeMade:"No move can be made: nothing more happens.",ofFitTheFilter:(r,s)=>`${r} of ${s} fit the filter`,move:"move",moves:"moves",faults:"Faults",left:(r,s)=>`${r}: ${s} left`,anyNumber:"any number",leadsBeyondThisPage:"leads beyond this page"},De={pictureSvg:"picture (SVG)",traceToOpenAgainItf:"trace to open again (ITF)",testForAnImplementation:"test for an implementation"},q={and:" and ",now:"now",after:r=>` after ${r}`,start:"start",move:r=>`move ${r}`,afterMove:r=>`after move ${r}`,fromMoveTo:(r,s)=>`from move ${r} to ${s}`};var y={concordant:r=>`${r}: Concordant`,theLinkToThisProfile:"the link to this profile is copied",findingTheRule:"Finding the rule …",theProfile:"the profile",keys:"keys",whatIsReported:"What is reported",itsRule:"Its rule",ofProfilesSuchAsThese:r=>`, of profiles such as these: ${r}.`,whoGainsByLyingHere:"Who gains by lying here?",copyLink:"Copy link",thoseOfItsFamily:"those of its family",thisPageHoldsProfilesFrom:r=>`This page holds ${r} profiles. From here`,goesOn:"goes on.",whatComesOfIt:"What comes of it",beforeWhatCannotBeRead:"before what cannot be read was typed",theRuleRaises:r=>`the rule raises ${r}`,theRightRuleMakesOf:"The right rule makes of it",theRightRuleMakesThe:"The right rule makes the same of it.",falseHere:r=>`✗ false here: ${r}`,tryingMisreports:"Trying misreports …",whoLies:"who lies",how:"how",honest:"honest",lying:"lying",then:"then",theNumbersAreWhatThe:"The numbers are what the outcome is worth to whoever lies, whose true report is the one above.",otherProfilesOrAMistake:"other profiles, or a mistake …",lookAtOtherProfilesOr:r=>`look at other profiles or a mistake of ${r}`,anError:r=>`an error: ${r}`},G={nothing:"nothing",of:(r,s)=>`${r} of ${s}`,row:r=>`row ${r}`,takeAwayOf:r=>`take away ${r}`,takeAway:"take away",addARowTo:r=>`Add a row to ${r}`},le={spaceTimeDiagramParticipantsMoves:(r,s,e)=>`Space-time diagram: ${r} participants, ${s} moves${e}. The list of moves says the same in words.`,ofWhichAreDrawn:r=>`, of which ${r} are drawn`,ofItsOwn:(r,s)=>`${r} ${s} of its own`,step:"step",steps:"steps",repeatedForEver:"repeated for ever"},W={state:"State",onlyWhatChanged:"only what changed",whatIsSeenFromOutside:"what is seen from outside",ifThatMoveWereMade:"if that move were made",unchangedHidden:(r,s)=>`${r} unchanged ${s} hidden`,is:"is",are:"are",namedWhereAClauseIs:"named where a clause is false here",down:"down",fromOutside:"from outside:"};var Y=class extends k{constructor(){super(...arguments);this.run=[];this.kept=null}updated(){let e=this.renderRoot.querySelector("section > ol"),t=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=t.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return a`<section aria-labelledby="run">
      <h2 id="run">${ue.theRunAndWhereYou}</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
      <p><button aria-pressed=${this.kept===null?"false":"true"} @click=${()=>this.dispatchEvent(new CustomEvent("keep"))}>${this.kept===null?ue.keepThisPlaceToCompare:ue.compareNoMore} <kbd aria-hidden="true">m</kbd></button></p>
    </section>`}below(e){let t=[];for(let n=e;n.children.size>0;){let i=this.on(n)?this.run[n.run.length]:void 0,o=n.children.get(i??n.last??-1)??[...n.children.values()][0],l=[...n.children.values()].filter(h=>h!==o);t.push(...l.map(h=>a`<li><ol>${this.line(h)}${this.below(h)}</ol></li>`),this.line(o)),n=o}return t}line(e){let{length:t}=e.run,n=this.on(e)&&t===this.run.length;return a`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${n?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${t}</span><span>${t?e.said:ue.theStart}${this.isKept(e)?a` <span class="dim">${ue.kept}</span>`:d}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((t,n)=>t===this.run[n])}isKept(e){return this.kept!==null&&this.kept.join()===e.run.join()}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};Y.styles=[R,T`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      ol button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      ol button:hover { background: var(--hover); }
      ol button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([u({attribute:!1})],Y.prototype,"walk",2),p([u({attribute:!1})],Y.prototype,"run",2),p([u({attribute:!1})],Y.prototype,"kept",2),Y=p([E("x-branches")],Y);var ht=class{constructor(s){let{parts:e,whole:t}=JSON.parse(s),n=[],i=o=>Array.isArray(o)?o.map(i):o===null||typeof o!="object"?o:"$"in o?n[o.$]:Object.fromEntries(Object.entries(o).map(([l,h])=>[l,i(h)]));for(let o of e)n.push(i(o));this.whole=i(t)}get setting(){return this.whole.setting}get size(){return Object.keys(this.whole.tables??this.whole.places).length}get kind(){return this.whole.tables===void 0?"system":"rule"}table(s){return this.whole.tables?.[this.typed(s)]??null}lies(s){return this.whole.lies?.[this.typed(s)]??null}typed(s){return new URLSearchParams(s.split("?")[1]).get("r")??this.whole.home}run(s){let[e,t]=s.split("?"),n=new URLSearchParams(t).get("p");return decodeURIComponent(e??"")!==(s?this.setting.name:"")?null:jt(n===null?this.whole.home:n,n===null?10:36)}has(s){return s.join(".")in this.whole.places}place(s){let e=this.whole.places[s.join(".")];if(e===void 0)return null;let{after:t}=e.trace;if(t===void 0)return e;let n=this.place(jt(t,10)).trace.moves;return{...e,trace:{...e.trace,moves:[...n,...e.trace.moves]}}}},jt=(r,s)=>r?r.split(".").map(e=>parseInt(e,s)):[],Ut=document.getElementById("explored"),v=Ut===null?null:new ht(Ut.textContent??"");var C=class extends Error{constructor(e,t){super(t);this.status=e}};async function L(r,s,e={}){let t;try{t=await fetch(`${r}?${new URLSearchParams(s)}`,e)}catch{throw new C(0,fe.theServerOfThisPage)}let n=await t.json().catch(()=>({error:fe.theServerAnswered(t.status)}));if(!t.ok)throw new C(t.status,n.error??fe.theServerAnswered(t.status));return n}var ge=r=>r?{at:r}:{},Wt=async r=>v!==null?v.kind:(await L("/api/kind",ge(r))).kind,Dt=async r=>{if(v===null)return L("/api/table",ge(r));let s=v.table(r);if(s===null)throw new C(404,fe.thisPageHoldsProfilesAnd(v.size,r));return s},Bt=async r=>v?.lies(r)??L("/api/lies",ge(r)),dt=async r=>v?.setting??L("/api/setting",ge(r)),Re=async(r,{back:s=0,take:e=null}={})=>{if(v===null)return L("/api/place",{...ge(r),...s?{back:`${s}`}:{},...e===null?{}:{take:`${e}`}});let t=v.run(r),n=t===null?null:v.place([...t.slice(0,t.length-s),...e===null?[]:[e]]);if(n===null)throw new C(404,fe.thisPageHoldsPlacesAnd(v.size,r));return n},zt=(r,s)=>L("/api/along",{at:r,clause:s}),Ft=async r=>(await L("/api/theorem",{theorem:r})).claim,Kt=(r,s)=>L("/api/place",{...ge(r),wander:`${s}`}),qt=(r,s)=>L("/api/search",{at:r,clause:s},{method:"POST"}),Gt=r=>L("/api/explored",{at:r},{method:"POST"}),ct=r=>L(`/api/search/${r}`,{}),Be=r=>L(`/api/search/${r}`,{},{method:"DELETE"}),Yt=r=>L("/api/trace",{},{method:"POST",body:r}),Jt=(r,s)=>`/api/file?${new URLSearchParams({at:r,format:s})}`;var Xt={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function x(r){if("text"in r)return r.text;if("fields"in r)return`${r.name}(${r.fields.map(([,t])=>x(t)).join(", ")})`;if(r.kind==="map")return`{${r.entries.map(([t,n])=>`${x(t)}: ${x(n)}`).join(", ")}}`;let[s,e]=Xt[r.kind];return`${s}${r.items.map(x).join(", ")}${r.kind==="tuple"&&r.items.length===1?",":""}${e}`}function _e(r){return"text"in r?[r.text]:"fields"in r?r.fields.flatMap(([,s])=>_e(s)):"entries"in r?r.entries.flat().flatMap(_e):r.items.flatMap(_e)}function H(r,s=null,e="new"){let t=(o,l)=>mt(o.map(([h,c])=>{let m=l?.get(h)??null;return a`<span class="dim">${h.replaceAll("_"," ")}:</span> ${m===null?x(c):J(c,m,e)}`}));if(!("fields"in r)||r.fields.length===0)return s===null?x(r):J(r,s,e);let n=s!==null&&"fields"in s&&s.name===r.name?new Map(s.fields):null,i=a`${r.name}(${t(r.fields,n)})`;return s===null||n!==null?i:e==="new"?a`<ins>${i}</ins>`:a`<del>${i}</del>`}function J(r,s,e){if(s!==null&&x(r)===x(s))return a`<span class="same">${x(r)}</span>`;if(s!==null&&"fields"in r&&"fields"in s&&r.name===s.name){let t=new Map(s.fields);return a`${r.name}(${mt(r.fields.map(([n,i])=>J(i,t.get(n)??null,e)))})`}if(s!==null&&"kind"in r&&"kind"in s&&r.kind===s.kind){let[t,n]=Xt[r.kind];return a`${t}${mt(Os(r,s,e))}${n}`}return pt(x(r),e)}function Os(r,s,e){if("entries"in r&&"entries"in s){let n=new Map(s.entries.map(([i,o])=>[x(i),o]));return r.entries.map(([i,o])=>{let l=n.get(x(i));return l?a`${x(i)}: ${J(o,l,e)}`:pt(`${x(i)}: ${x(o)}`,e)})}if(!("items"in r&&"items"in s))return[];if(r.kind==="tuple")return r.items.map((n,i)=>J(n,s.items[i]??null,e));let t=s.items.map(x);return r.items.map(n=>{let i=t.indexOf(x(n));return i<0?pt(x(n),e):(t.splice(i,1),x(n))})}function pt(r,s){return s==="new"?a`<ins>${r}</ins>`:a`<del>${r}</del>`}function mt(r){return a`${r.map((s,e)=>a`${e>0?", ":d}${s}`)}`}var Qt={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},ut="false here, where it is not promised",Zt=["false here","reached here",ut,"true here","not reached here","without a case here","about whole paths"],N=class extends k{constructor(){super(...arguments);this.profiles="";this.sought=null;this.explored=null;this.along=null;this.wanted="";this.claims=new Map}render(){let e=new Map(this.setting.clauses.map(i=>[i.id,i])),t=this.wanted.toLowerCase(),n=this.place.truths.flatMap(i=>{let o=e.get(i.clause);return o===void 0?[]:[{clause:o,truth:i}]}).filter(({clause:i,truth:o})=>[i.id,i.name,i.sentence,o.here].some(l=>l.toLowerCase().includes(t))).sort((i,o)=>Zt.indexOf(i.truth.here)-Zt.indexOf(o.truth.here));return a`<section aria-labelledby="clauses">
      <h2 id="clauses">${$.whatTheClausesSayHere}</h2>
      ${this.profiles||v!==null?d:this.everywhere()}
      ${n.map(({clause:i,truth:o})=>this.row(i,o))}
      ${this.profiles?a`<p class="dim">
            ${$.ofThisProfileAlone} <code>concordant check ${this.setting.stem}</code> ${$.judgesTheRuleOnProfiles(this.profiles)}
          </p>`:a`<p class="dim">${$.ofThisPlaceAlone} <code>concordant check ${this.setting.stem}</code> ${$.judgesTheSystem}</p>`}
    </section>`}row(e,t){let n=["false here","reached here",ut].includes(t.here);return a`<div class="clause"><details data-clause=${e.id} ?open=${t.here==="false here"||[this.sought?.clause,this.along?.clause].includes(e.id)}>
      <summary class="row">
        <span class=${t.tone==="open"?"dim":t.tone} aria-hidden="true">${Qt[t.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${t.tone==="open"?"dim":t.tone}">${t.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${t.facts.length?a`<div class=${t.here==="false here"?"told":""}>${t.facts.map(i=>a`<p class="value">${i.name}: ${x(i.value)}</p>`)}</div>`:d}
        ${t.here===ut?a`<p class="dim">${this.profiles?$.thatIsKnownOfThis:$.underAllThatMayHappen}</p>`:d}
        ${t.here==="about whole paths"?a`<p class="dim">${$.itIsAboutWholePaths} <code>concordant check</code> ${$.showsALassoWhereIt}</p>`:this.profiles?d:a`${this.search(e,n)}${this.all(e)}`}
        ${t.ways?a`<p class="dim">${t.ways}</p>`:d}
        ${e.argument?a`<details><summary>${$.whyItHolds}</summary><p class="argument">${e.argument}</p></details>`:d}
        ${e.theorem?this.proved(e):d}
        ${e.pitfalls.length?a`<p class="dim">
              ${$.brokenBy}
              ${e.pitfalls.map((i,o)=>a`${o?", ":""}${v===null?a`<a href="#${i}">${i}</a>`:i}`)}
            </p>`:d}
      </div>
    </details>
    ${this.known(e)}</div>`}proved({theorem:e,claim:t}){let n=a`<p class="dim"><code>concordant prove ${e} --explain</code> ${$.showsHow}</p>`,i=t||this.claims.get(e);return v!==null&&!i?a`<p class="dim">${$.proved}:</p>${n}`:a`<details data-theorem=${e} @toggle=${o=>o.target.open&&!i&&void this.claimed(e)}>
      <summary>${$.proved}</summary>
      <p class="argument" role="status">${i??$.asking}</p>
      ${n}
    </details>`}async claimed(e){let t=await Ft(e).catch(n=>String(n));this.claims=new Map([...this.claims,[e,t]])}all(e){let t=this.place.run??[],n=this.along?.clause===e.id&&t.every((i,o)=>i===this.along.run[o])?this.along:null;return v!==null||t.length===0&&n===null?d:n===null?a`<button @click=${()=>this.send("along",e.id)}>${$.whatItSaysAlongThe}</button>`:a`<table>
      <caption class="dim" role="status">${$.whatItSaysAlongThe}</caption>
      <thead><tr><th scope="col">${$.after}</th><th scope="col">${$.itIs}</th><th scope="col">${$.byWhichMoveAndWhich}</th></tr></thead>
      <tbody>${n.rows.map((i,o)=>a`<tr aria-current=${o===t.length?"step":d}>
          <th scope="row"><button @click=${()=>this.send("step",o)} aria-label=${$.toThePlaceAfterMoves(o)}>${o}</button></th>
          <td class=${i.tone==="open"?"dim":i.tone}>${Qt[i.here]??"·"}&nbsp;${$.briefly[i.here]??i.here}</td>
          <td>${o===0?$.theStart:n.moves[o-1]}${i.facts.map(l=>a`<p class="value">${l.name}: ${x(l.value)}</p>`)}</td>
        </tr>`)}</tbody>
    </table>`}everywhere(){let{explored:e}=this,t=e?.state==="running";return a`<div class="searching">
      <button @click=${()=>this.send("explore","")} ?disabled=${t}>${$.judgeThemEverywhere} <kbd aria-hidden="true">a</kbd></button>
      ${e===null?d:a`<span role="status">${e.says}</span>`}
      ${t?a`<button @click=${()=>this.send("stop",e.id)}>${$.stop}</button>`:d}
    </div>`}known(e){let t=this.explored?.clauses.find(n=>n.clause===e.id);return t===void 0?d:a`<p class="everywhere ${t.tone==="open"?"dim":t.tone}">
      ${$.everywhere(t.says)}${t.link&&t.link!==this.place.link?a` <a href="#${t.link}" aria-label=${$.goToWhereIsSo(e.name)}>${$.goThere}</a>`:d}
    </p>`}search(e,t){if(v!==null)return d;let n=this.sought?.clause===e.id?this.sought.news:null,i=e.reached?$.findReached:$.findFalse,o=this.sought!==null&&this.sought.since!==this.place.link;return a`<div class="searching">
      ${t?d:a`<button @click=${()=>this.send("seek",e.id)} ?disabled=${n?.state==="running"}>${i}</button>`}
      ${n===null?d:a`<span>${n.says}${o&&n.state!=="running"?$.fromWhereTheSearchBegan:""}</span>`}
      ${n?.state==="running"?a`<button @click=${()=>this.send("stop",n.id)}>${$.stop}</button>`:d}
      ${n?.link&&n.link!==this.place.link?a`<a href="#${n.link}">${$.goThere}</a>`:d}
    </div>`}send(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}};N.styles=[R,T`
      :host { display: block; }
      .clause { border-bottom: 1px solid var(--faint); }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) fit-content(45%); gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; text-align: right; }
      code { overflow-wrap: anywhere; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .everywhere { margin: 0 0 0.3rem 1.5rem; font-size: 0.85em; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      table { border-collapse: collapse; font-size: 0.85em; width: 100%; }
      caption { text-align: left; }
      th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.5rem 0.15rem 0; border-bottom: 1px solid var(--faint); }
      td:last-child { overflow-wrap: anywhere; width: 99%; }
      th button { white-space: nowrap; padding: 0.1rem 0.5rem; }
      td p { margin: 0; }
      tr[aria-current] { background: var(--faint); }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([u({attribute:!1})],N.prototype,"setting",2),p([u({attribute:!1})],N.prototype,"place",2),p([u()],N.prototype,"profiles",2),p([u({attribute:!1})],N.prototype,"sought",2),p([u({attribute:!1})],N.prototype,"explored",2),p([u({attribute:!1})],N.prototype,"along",2),p([u()],N.prototype,"wanted",2),p([w()],N.prototype,"claims",2),N=p([E("x-clauses")],N);var X=class extends k{constructor(){super(...arguments);this.names=new Map}render(){let[e,t]=[this.place.run,this.kept.run],n=Ls(e,t),i=Math.max(e.length,t.length),o=n===0?M.theyDifferFromTheFirst:M.theSame(n===1?M.theFirstMoveIs:M.theFirstMovesAre(n));return a`<section aria-labelledby="compared">
      <h2 id="compared">${M.comparedWithThePlaceThat}</h2>
      <p class="dim" role="status">${n===i?M.thisIsThatPlaceGo:`${o}.`}</p>
      ${n===i?d:a`${this.runs(n,i)} ${this.states()}`}
    </section>`}runs(e,t){let n=Array.from({length:t-e},(i,o)=>e+o);return a`<div class="wide" tabindex="0" role="group" aria-label=${M.twoRunsSideBySide}>
      <table>
        <thead><tr><th scope="col"></th><th scope="col">${M.theRunThatIsKept}</th><th scope="col">${M.thisRun}</th></tr></thead>
        <tbody>
          ${n.map(i=>a`<tr class=${i===e?"first":""}>
              <th scope="row">${i===e?a`<span title=${M.theFirstDifference}>◆</span> `:d}${i+1}</th>
              ${this.cell(this.kept,i)} ${this.cell(this.place,i)}
            </tr>`)}
        </tbody>
      </table>
    </div>`}cell(e,t){let n=e.trace.moves[t];return n===void 0?a`<td class="dim">${t===e.run.length?M.itEndsHere:""}</td>`:a`<td><button @click=${()=>this.go(e.run.slice(0,t+1))}>${n.said}</button></td>`}states(){let e=new Map(this.kept.processes.map(o=>[o.who,o])),t=this.place.processes.flatMap(o=>{let l=e.get(o.who);if(l===void 0)return[];let[h,c]=[H(l.state,o.state,"old"),H(o.state,l.state,"new")];return JSON.stringify(l.state)!==JSON.stringify(o.state)||l.up!==o.up?[a`<dt>${o.who}</dt><dd class="value">${h}${l.up?"":M.down} → ${c}${o.up?"":M.down}</dd>`]:[]}),n=new Map(this.kept.truths.map(o=>[o.clause,o.here])),i=this.place.truths.filter(o=>n.get(o.clause)!==o.here).map(o=>a`<dt>${this.names.get(o.clause)??o.clause}</dt><dd>${n.get(o.clause)} → ${o.here}</dd>`);return t.length+i.length===0?a`<p class="dim">${M.allProcessesStandAlikeAt}</p>`:a`<p class="dim">${M.whereBothEndThereHere}</p><dl>${t} ${i}</dl>`}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};X.styles=[R,T`
      :host { display: block; }
      .wide { overflow: auto; max-height: 50vh; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: 0.1rem 0.6rem 0.1rem 0; border-bottom: 1px solid var(--faint); overflow-wrap: anywhere; }
      thead th { color: var(--dim); font-size: 0.9em; }
      th[scope="row"] { color: var(--dim); font: 12px/1.8 var(--mono); white-space: nowrap; }
      td { width: 50%; }
      .first td { border-left: 3px solid var(--unknown); padding-left: 0.5rem; }
      button { border: 0; text-align: left; padding: 0.1rem 0; background: none; }
      button:hover { background: var(--hover); }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0.3rem 0 0; }
      dt { font: 600 13px/1.5 var(--mono); overflow-wrap: anywhere; }
      dd { margin: 0; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding-left: 0.7rem; } }
    `],p([u({attribute:!1})],X.prototype,"kept",2),p([u({attribute:!1})],X.prototype,"place",2),p([u({attribute:!1})],X.prototype,"names",2),X=p([E("x-compared")],X);function Ls(r,s){let e=r.findIndex((t,n)=>t!==s[n]);return e<0?r.length:e}var $e=class extends k{render(){let{in_flight:s,calls:e,history:t}=this.place;return a`<section aria-label=${oe.messagesCallsAndHistory}>
      <h2>${oe.inFlight}</h2>
      ${s.length===0?a`<p class="dim">${oe.nothing}</p>`:d}
      <dl>
        ${s.map(n=>a`<dt>${n.source} → ${n.to}</dt>
            <dd class="value">${n.messages.map(i=>a`<div>${x(i)}</div>`)}</dd>`)}
      </dl>
      ${e.length?a`<h2>${oe.waitingForAnAnswer}</h2>${e.map(n=>a`<p class="value">${oe.asks(n.user,n.at)}</p>`)}`:d}
      <details>
        <summary>${oe.whatTheClausesRemember}</summary>
        <p class="value">${H(t)}</p>
      </details>
    </section>`}};$e.styles=[R,T`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([u({attribute:!1})],$e.prototype,"place",2),$e=p([E("x-flight")],$e);var Q=class extends k{constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,t=this.wanted.toLowerCase(),n=e.filter(h=>[h.said,...h.comes].some(c=>c.toLowerCase().includes(t))),i=n.filter(h=>!h.fault),o=n.filter(h=>h.fault),l=h=>n.indexOf(h);return a`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">${j.whatCanBeDone}</h2>
      ${e.length===0?a`<p>${j.noMoveCanBeMade}</p>`:d}
      ${e.length>n.length?a`<p class="dim">${j.ofFitTheFilter(n.length,e.length)}</p>`:d}
      ${Vt(i,({whose:h})=>h).map(([h,c])=>a`<h3>${h}</h3>${this.kinds(c,l)}`)}
      ${this.left(o.length>0)}
      ${this.kinds(o,l)}
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${j.thatCannotBeMadeAnd(this.place.near.length,this.place.near.length===1?j.move:j.moves)} <kbd>n</kbd></summary>
        <ul>${this.place.near.map(h=>a`<li class="miss">${h.said} <span>${h.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}kinds(e,t){let n=Vt(e,({kind:i})=>i);return n.map(([i,o])=>a`${n.length>1?a`<h4>${j.kinds[i]??i}</h4>`:d}
        <ul>${o.map(l=>this.move(l,t(l)))}</ul>`)}left(e){let{left:t}=this.place;return t.length===0&&!e?d:a`<h3>
      ${j.faults}
      ${t.length?a`<span class="left">${t.map(n=>a`<span>${j.left(n.what,n.left??j.anyNumber)}</span>`)}</span>`:d}
    </h3>`}move(e,t){let n=t<9?`${t+1}`:"";return a`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${n?a`<kbd aria-hidden="true">${n}</kbd>`:d}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?a`<span class="no">${e.says_no}</span>`:d}
          ${v?.has([...this.place.run,e.number])===!1?a`<span class="no">${j.leadsBeyondThisPage}</span>`:d}
        </span>
      </button>
    </li>`}take(e){this.dispatchEvent(new CustomEvent("take",{detail:e.number}))}look(e){this.dispatchEvent(new CustomEvent("look",{detail:e}))}toggled(e){let{open:t}=e.target;t!==this.near&&this.dispatchEvent(new CustomEvent("near",{detail:t}))}};Q.styles=[R,T`
      :host { display: block; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: 0.15rem 0; }
      button.move { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); width: 100%; text-align: left; padding: 0.25rem 0.5rem; }
      button.move:hover { background: var(--hover); }
      button.move:focus-visible { background: var(--hover); }
      .comes { display: block; color: var(--dim); font-size: 0.9em; overflow-wrap: anywhere; }
      .said { overflow-wrap: anywhere; }
      .no { display: block; color: var(--unknown); font-size: 0.9em; }
      .fault { border-style: dashed; }
      .key { align-self: start; }
      li.miss { color: var(--dim); padding-left: 0.6rem; overflow-wrap: anywhere; }
      li.miss span { display: block; font-size: 0.9em; color: var(--unknown); }
      .left { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-weight: 400; }
      summary { margin-top: 0.7rem; }
      h4 { margin: 0.3rem 0 0; font-size: 0.85em; font-weight: 400; color: var(--dim); }
    `],p([u({attribute:!1})],Q.prototype,"place",2),p([u()],Q.prototype,"wanted",2),p([u({type:Boolean})],Q.prototype,"near",2),Q=p([E("x-moves")],Q);function Vt(r,s){let e=new Map;for(let t of r)e.set(s(t),[...e.get(s(t))??[],t]);return[...e]}var[ve,ye,ft,Pe]=[104,40,44,14],Hs={waiting:"·",running:"▶",done:"✓",failed:"✗",skipped:"–"},Ns=3.4,es=13,he=class extends k{constructor(){super(...arguments);this.moves=0}updated(){let e=this.renderRoot.querySelector(".lanes");e!==null&&(e.scrollLeft=e.scrollWidth)}render(){let{what:e,stages:t,spans:n}=this.picture;return t.length===0&&n.length===0?d:a`<section aria-labelledby="picture">
      <h2 id="picture">${e}</h2>
      ${t.length?this.graph(t):this.timeline(n)}
    </section>`}graph(e){let t=Is(e),i=Math.max(...t.map(c=>c.length))*(ye+Pe)+Pe,o=t.length*(ve+ft)-ft+8,l=new Map;t.forEach((c,m)=>c.forEach((g,S)=>l.set(g.name,[4+m*(ve+ft),(i-c.length*(ye+Pe))/2+S*(ye+Pe)+Pe/2])));let h=e.map(c=>`${c.name}${c.after.length?q.after(c.after.join(q.and)):""}: ${c.stands}`).join("; ");return a`<div class="graph">
      <svg width=${o} height=${i} viewBox="0 0 ${o} ${i}" role="img" aria-label=${h}>
        <defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 L8 4 L0 8 z"></path></marker></defs>
        ${e.flatMap(c=>c.after.map(m=>js(l.get(m),l.get(c.name))))}
        ${e.map(c=>Us(c,l.get(c.name)))}
      </svg>
    </div>`}timeline(e){let t=[...new Set(e.map(n=>n.lane))];return a`<div class="lanes">
      ${t.map(n=>a`<span class="name" aria-hidden="true">${n}</span>
          <ol class="spans" aria-label=${n} .style=${`grid-template-columns: repeat(${this.moves+1}, minmax(${Ns}rem, 1fr))`}>
            ${e.filter(i=>i.lane===n).map(i=>this.span(i))}
          </ol>`)}
      <span class="name"></span>
      <span class="axis" aria-hidden="true"><span>${q.start}</span><span>${this.moves?q.move(this.moves):""}</span></span>
    </div>`}span({lane:e,first:t,last:n,holds:i}){let o=t===n?q.afterMove(t):q.fromMoveTo(t,n===this.moves?q.now:n);return a`<li .style=${`grid-column: ${t+1} / ${n+2}; grid-row: 1`}>
      <button title="${i}, ${o}" aria-label="${e}: ${i}, ${o}" aria-current=${n===this.moves?"step":"false"} @click=${()=>this.go(t)}>${i}</button>
    </li>`}go(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};he.styles=[R,T`
      :host { display: block; }
      .graph { overflow-x: auto; }
      svg { display: block; font: 12px/1 var(--mono); max-width: none; }
      rect { fill: var(--paper); stroke: var(--faint); stroke-width: 1.5; }
      text { fill: var(--ink); text-anchor: middle; }
      .word { fill: var(--dim); }
      path { fill: none; stroke: var(--dim); stroke-width: 1.2; }
      .tip { fill: var(--dim); stroke: none; }
      .waiting rect { stroke-dasharray: 3 3; }
      .running rect { stroke: var(--accent); stroke-width: 3; fill: var(--hover); }
      .running .word { fill: var(--accent); }
      .done rect { stroke: var(--good); fill: var(--added); }
      .done .word { fill: var(--good); }
      .failed rect { stroke: var(--bad); stroke-width: 3; fill: var(--removed); }
      .failed .word { fill: var(--bad); }
      .skipped rect { stroke: var(--unknown); stroke-dasharray: 8 3; }
      .skipped .word { fill: var(--unknown); }
      ol { list-style: none; margin: 0; padding: 0; }
      .lanes { display: grid; grid-template-columns: fit-content(8rem) auto; gap: 0.2rem 0.6rem; align-items: center; overflow-x: auto; }
      .name { font: 600 13px/1.4 var(--mono); overflow-wrap: anywhere; position: sticky; left: 0; background: var(--paper); }
      .spans { display: grid; border-left: 1px solid var(--faint); border-right: 1px solid var(--faint); background: linear-gradient(var(--faint), var(--faint)) center / 100% 1px no-repeat; }
      .spans li { min-width: 0; }
      .spans button { width: 100%; font: 12px/1.5 var(--mono); padding: 0 0.2rem; border-color: var(--accent); background: var(--hover); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; border-radius: 2px; }
      .spans button[aria-current="step"] { border-width: 2px; font-weight: 600; }
      .axis { display: flex; justify-content: space-between; color: var(--dim); font: 12px/1.4 var(--mono); }
    `],p([u({attribute:!1})],he.prototype,"picture",2),p([u({type:Number})],he.prototype,"moves",2),he=p([E("x-picture")],he);function Is(r){let s=new Map,e=new Map(r.map(i=>[i.name,i])),t=(i,o=[])=>{let l=e.get(i);if(l===void 0||o.includes(i))return-1;let h=s.get(i);if(h!==void 0)return h;let c=1+Math.max(-1,...l.after.map(m=>t(m,[...o,i])));return o.length===0&&s.set(i,c),c},n=[];for(let i of r)(n[t(i.name)]??=[]).push(i);return[...n].map(i=>i??[])}function js(r,s){if(r===void 0||s===void 0)return d;let[e,t,n,i]=[r[0]+ve,r[1]+ye/2,s[0],s[1]+ye/2],o=Math.max(20,(n-e)/2);return _`<path marker-end="url(#to)" d="M${e} ${t} C${e+o} ${t} ${n-o} ${i} ${n-1} ${i}"></path>`}function Us({name:r,stands:s},[e,t]){let n=r.length>es?`${r.slice(0,es-1)}…`:r;return _`<g class=${s}>
    <title>${r}: ${s}</title>
    <rect x=${e} y=${t} width=${ve} height=${ye} rx="4"></rect>
    <text x=${e+ve/2} y=${t+16}>${n}</text>
    <text class="word" x=${e+ve/2} y=${t+32}>${Hs[s]??""} ${s}</text>
  </g>`}var Ws=18,B=30,Fe=44,Z=26,Ds=40,Bs=36,ts=7.3,U=class extends k{constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.heights=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let e=({row:l})=>!this.only||l.start===this.only||l.end===this.only,t=({row:l})=>this.fold&&l.mark==="inside";this.shown=this.trace.moves.flatMap((l,h)=>e(l)&&!t(l)?[h+1]:[]);let n=new Set(this.shown),i=0;this.heights=[Fe,...this.trace.moves.map((l,h)=>Fe+(n.has(h+1)?(i+++.5)*B:i*B))];let o=new Set(this.trace.moves.filter(e).flatMap(({row:l})=>[l.start,l.end]));this.lanes=this.only?this.trace.lanes.filter(l=>o.has(l)):this.trace.lanes}render(){let{lanes:e}=this,{moves:t,left:n}=this.trace,o=this.left+e.length*this.width+(this.labelled?this.words:0),l=Fe+(this.shown.length+(n.length?1.6:.8))*B,h=le.spaceTimeDiagramParticipantsMoves(e.length,t.length,this.shown.length<t.length?le.ofWhichAreDrawn(this.shown.length):"");return a`<svg class="heads" width=${o} height=${Z} viewBox="0 0 ${o} ${Z}" aria-hidden="true">
      ${e.map((c,m)=>_`<text class="head ${this.named.has(c)?"is-named":""}" x=${this.x(m)} y="18">${c}</text>`)}
    </svg>
    <svg class="rows" width=${o} height=${l-Z} viewBox="0 ${Z} ${o} ${l-Z}" role="img" aria-label=${h}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((c,m)=>this.lane(c,m,l))}
      ${this.shown.map(c=>this.move(t[c-1],c,o))} ${this.folds()}
      ${n.filter(c=>!this.only||c.source===this.only||c.to===this.only).map(c=>this.waiting(c.source,c.to,c.sent,l))} ${this.loop()}
    </svg>`}get left(){return Ds+(this.trace.acts===null&&this.trace.cycle===null?0:Bs)}get width(){return Ws+ts*Math.max(6,...this.lanes.map(e=>e.length))}get words(){return ts*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){return this.heights[e]??Fe+this.shown.length*B}place(e){return this.lanes.indexOf(e)}folds(){if(!this.fold)return[];let e=new Map;return this.trace.moves.forEach(({row:t},n)=>{let i=this.place(t.end);if(t.mark!=="inside"||i<0||this.only&&t.end!==this.only)return;let[o,l]=[this.x(i),this.y(n+1)];e.set(`${o} ${l}`,{x:o,y:l,count:(e.get(`${o} ${l}`)?.count??0)+1})}),[...e.values()].map(({x:t,y:n,count:i})=>_`<g><title>${le.ofItsOwn(i,i===1?le.step:le.steps)}</title><circle class="folded" cx=${t} cy=${n} r="7"></circle><text class="count" x=${t} y=${n+3.5}>${i}</text></g>`)}lane(e,t,n){let i=this.trace.moves.map((l,h)=>({mark:l.row.mark,who:l.row.end,y:this.y(h+1)})).filter(({who:l,mark:h})=>l===e&&(h==="down"||h==="up")),o=[...i.map(({y:l})=>l),n-8];return o.map((l,h)=>{let c=i[h-1]?.mark==="down";return _`<line class="lane ${c?"is-down":""}" x1=${this.x(t)} x2=${this.x(t)} y1=${o[h-1]??26} y2=${l}></line>`})}move(e,t,n){let i=this.y(t),o=t===this.at?"here":t>this.at?"later":"";return _`<g class=${o} @click=${()=>this.choose(t)}>
      <title>${t}. ${e.said}</title>
      <rect class="band" x="0" y=${i-B/2} width=${n} height=${B}></rect>
      <text class="number" x="30" y=${i+4}>${t}</text>
      ${t===this.trace.acts?_`<text class="acts" x="46" y=${i+4}>◆</text>`:d}
      ${this.drawn(e,t)}
      ${this.labelled?_`<text class="label" x=${this.left+this.lanes.length*this.width} y=${i+4}>${e.row.label}</text>`:d}
    </g>`}drawn(e,t){let{start:n,end:i,mark:o,sent:l,again:h}=e.row,c=this.x(this.place(i)),m=this.y(t);switch(o){case"inside":return _`<circle class="dot" cx=${c} cy=${m} r="4.5"></circle>`;case"down":return this.cross(c,m);case"up":return _`<path class="tip" d="M${c-6} ${m+5} L${c} ${m-6} L${c+6} ${m+5} z"></path>`;default:{let g=this.x(this.place(n)),S=l===null?m:this.y(l),P=o==="lost"?"is-lost":h?"again":l===null?"ask":"",D=(g+c)/2;if(o==="lost"){let yt=(S+m)/2;return _`<line class="message ${P}" x1=${g} y1=${S} x2=${D} y2=${yt}></line>${this.cross(D,yt)}`}return g===c?_`<path class="message ${P}" marker-end="url(#tip)" d="M${c} ${S} C${c+34} ${S} ${c+34} ${m} ${c+5} ${m}"></path>`:_`<line class="message ${P}" marker-end="url(#tip)" x1=${g} y1=${S} x2=${c} y2=${m}></line>`}}}waiting(e,t,n,i){let[o,l]=[this.place(e),this.place(t)];if(n===null||o<0||l<0)return d;let[h,c,m,g]=[this.x(o),this.x(l),this.y(n),i-14],[S,P]=[h+(c-h)*.8,m+(g-m)*.8],D=this.at<this.trace.moves.length?"later":"";return _`<line class="message in-flight ${D}" x1=${h} y1=${m} x2=${S} y2=${P}></line><circle class="ring ${D}" cx=${S} cy=${P} r="4"></circle>`}loop(){let{cycle:e,moves:t}=this.trace;if(e===null||e===0)return d;let[n,i]=[this.y(t.length-e+1),this.y(t.length)];return _`<path class="repeats" marker-end="url(#tip)" d="M14 ${i} H6 V${n} H16"><title>${le.repeatedForEver}</title></path>`}cross(e,t){return _`<path class="cross" d="M${e-5} ${t-5} L${e+5} ${t+5} M${e+5} ${t-5} L${e-5} ${t+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-Z;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-B<this.scrollTop?this.scrollTop=e-B:e+2*B+Z>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*B+Z-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};U.styles=T`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,p([u({attribute:!1})],U.prototype,"trace",2),p([u({type:Number})],U.prototype,"at",2),p([u({type:Boolean})],U.prototype,"labels",2),p([u()],U.prototype,"only",2),p([u({type:Boolean})],U.prototype,"fold",2),p([u({attribute:!1})],U.prototype,"named",2),p([w()],U.prototype,"labelled",2),U=p([E("c-spacetime")],U);var z=class extends k{constructor(){super(...arguments);this.looked=null;this.named=new Set;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,t=this.changed?e.filter(i=>this.has(i)):e,n=e.length-t.length;return a`<section aria-labelledby="state">
      <h2 id="state">${W.state}${this.looked===null?"":a` <span class="dim">${W.ifThatMoveWereMade}</span>`}</h2>
      <dl>${t.map(i=>this.process(i))}</dl>
      ${n?a`<p class="dim">${W.unchangedHidden(n,n===1?W.is:W.are)}</p>`:d}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> ${W.onlyWhatChanged} <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> ${W.whatIsSeenFromOutside} <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(t=>t.who===e.who)}process(e){let t=this.looked===null?null:zs(e,this.looked.changes),n=t!==null?a`${H(e.state,t,"old")} → ${H(t,e.state,"new")}`:e.before!==null&&this.looked===null?H(e.state,e.before,"new"):H(e.state),i=t!==null?"would":e.before!==null&&this.looked===null?"moved":"";return a`<dt class=${i}>
        <span class=${this.named.has(e.who)?"told":""} title=${this.named.has(e.who)?W.namedWhereAClauseIs:""}>${e.who}</span>${e.up?d:a` <span class="down">${W.down}</span>`}</dt>
      <dd class="value">
        ${n} ${this.views?a`<div class="seen">${W.fromOutside} ${H(e.view)}</div>`:d}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};z.styles=[R,T`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .told { color: var(--bad); text-decoration: underline; }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([u({attribute:!1})],z.prototype,"place",2),p([u({attribute:!1})],z.prototype,"looked",2),p([u({attribute:!1})],z.prototype,"named",2),p([u({type:Boolean})],z.prototype,"changed",2),p([u({type:Boolean})],z.prototype,"views",2),z=p([E("x-state")],z);function zs(r,s){let e=s.filter(n=>n.who===r.who);if(e.length===0)return null;let t=r.state;for(let n of e)n.field===""?t=n.after:"fields"in t&&(t={...t,fields:t.fields.map(([i,o])=>[i,i===n.field?n.after:o])});return t}var Ke=(r,s)=>a`<h1>${r.split(/(?<=[._/])/).map(e=>a`${e}<wbr />`)}${s?a` <span class="dim">${s}</span>`:d}</h1>`,qe=(r,s)=>[ae.scopes,s,e=>`${r}?scope=${encodeURIComponent(e)}`],Ge=r=>[ae.mistakes,r,s=>s],Ye=(r,s,e)=>a`<label class="dim">
  ${ae.lookAt}
  <select @change=${Fs} aria-label=${e}>
    <option value="">${s}</option>
    ${r.map(([t,n,i])=>a`<optgroup label=${t}>${n.map(o=>a`<option value=${i(o.name)} title=${o.says}>${o.name}</option>`)}</optgroup>`)}
  </select>
</label>`;function Fs(r){let s=r.target;s.value&&(location.hash=s.value),s.value=""}function Je(r,s,e){if(!r)return d;let t=location.hash.slice(1).split("?")[0];return a`<div class="problem" role="alert">
    <p>${r}</p>
    ${t&&!s?a`<p><a href="#${t}" @click=${e}>${ae.beginAnew(decodeURIComponent(t))}</a></p>`:d}
  </div>`}var Xe=r=>a`<dialog aria-labelledby="keys" @click=${s=>s.target===s.currentTarget&&ss(s)}>
  <h2 id="keys">${ae.keys}</h2>
  <dl>${r.map(([s,e])=>a`<dt><kbd>${s}</kbd></dt><dd>${e}</dd>`)}</dl>
  <button @click=${ss}>${ae.close}</button>
</dialog>`,ss=r=>r.currentTarget.closest("dialog")?.close();var Ks=[{key:"1",also:["2","3","4","5","6","7","8","9"],shown:"1 … 9",says:b.makeThatMove,on:"run"},{key:"ArrowUp",also:["k"],shown:b.orK,says:b.toTheMoveAbove,on:"run"},{key:"ArrowDown",also:["j"],shown:b.orJ,says:b.toTheMoveBelowEnter,on:"run"},{key:"ArrowLeft",also:["h"],shown:b.orH,says:b.back,on:"run"},{key:"ArrowRight",also:["l"],shown:b.orL,says:b.forwardAgain,on:"run"},{key:"Home",shown:"Home",says:b.toTheStart,on:"run"},{key:"End",shown:"End",says:b.forwardAsFarAsYou,on:"run"},{key:"m",shown:"m",says:b.keepThisPlaceToCompare,on:"run"},{key:"d",shown:"d",says:b.onlyWhatChanged,on:"run"},{key:"v",shown:"v",says:b.whatIsSeenOfEach,on:"run"},{key:"n",shown:"n",says:b.whatCannotBeDoneAnd,on:"run"},{key:"f",shown:"f",says:b.foldStepsInWhichNobody,on:"run"},{key:"r",shown:"r",says:b.runOnAtRandomEach,on:"run"},{key:"a",shown:"a",says:b.judgeTheClausesInAll,on:"run"},{key:"s",shown:"s",says:b.toTheDiagram,on:"run"},{key:"t",shown:"t",says:b.toTheRunAndIts,on:"run"},{key:"/",shown:"/",says:b.filterMovesAndClauses,on:"run"},{key:"e",shown:"e",says:b.toTheFirstCell,on:"rule"},{key:"",shown:"↑ ↓ Enter",says:b.inATableToThe,on:"rule"},{key:"g",shown:"g",says:b.whoGainsByLyingHere,on:"rule"},{key:"",shown:"Esc",says:b.outOfWhatOneTypes},{key:"c",shown:"c",says:b.toTheClauses},{key:"y",shown:"y",says:b.copyTheLinkToWhat},{key:"?",shown:"?",says:b.theseKeys}],ns=r=>Ks.filter(({on:s})=>s===void 0||s===r),Qe=r=>ns(r).map(({shown:s,says:e})=>[s,e]);function Ze(r,s,e,t){let n=r.composedPath()[0];if(r.altKey||r.ctrlKey||r.metaKey||e?.open||(r.key==="Escape"&&n.blur?.(),n.matches?.("input:not([type=checkbox]), select, textarea")))return;let i=ns(s).find(({key:o,also:l})=>o!==""&&(o===r.key||l?.includes(r.key)));i!==void 0&&(r.preventDefault(),t[i.key](r.key))}var rs=[["svg",De.pictureSvg,"run.svg"],["itf",De.traceToOpenAgainItf,"run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest",De.testForAnImplementation,"test_run.py"]],is=T`
  :host { display: block; max-width: 110rem; margin: 0 auto; padding: 0.8rem 1rem 3rem; }
  h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; flex-basis: 100%; }
  select { width: 20rem; max-width: 100%; box-sizing: border-box; }
  .problem { border: 1px solid var(--bad); border-radius: 4px; padding: 0.5rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
  .problem p { white-space: pre-line; }
  .beyond { overflow-wrap: anywhere; }
  .legend { color: var(--dim); font-size: 0.85em; }
  dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
  dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
  dialog dd { margin: 0; }
`,os=[is,T`
  .bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; padding: 0.5rem 0; margin-bottom: 0.4rem; background: var(--paper); border-bottom: 1px solid var(--faint); }
  .bar .space { flex: 1; }
  .bar input[type="search"] { width: 10rem; }
  .menu { position: relative; }
  .menu > summary { list-style: none; border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  .menu > summary::-webkit-details-marker { display: none; }
  .menu > div { position: absolute; right: 0; top: 110%; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.5rem 0.9rem; display: grid; gap: 0.4rem; white-space: nowrap; z-index: 2; }
  .file { position: absolute; width: 1px; height: 1px; opacity: 0; }
  .file:focus-visible + .button { outline: 2px solid var(--accent); }
  .last { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .last .effect { color: var(--dim); }
  .told { border-left: 3px solid var(--bad); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .told.reached { border-color: var(--good); }
  .columns { display: grid; grid-template: "a b" auto "a c" 1fr / minmax(0, 5fr) minmax(0, 6fr); gap: 1.5rem 2rem; align-items: start; }
  .columns > div { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .a { grid-area: a; }
  .b { grid-area: b; }
  .c { grid-area: c; }
  c-spacetime { max-height: 60vh; overflow: auto; }
  .acts { border-left: 3px solid var(--unknown); padding: 0.1rem 0.8rem; margin: 0.4rem 0; font-size: 0.9em; overflow-wrap: anywhere; }
  .drawing { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center; font-size: 0.9em; }
  .drawing select { width: auto; }
  .legend span { display: inline-block; margin-right: 1.2em; }
  @media (min-width: 110rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 7fr) minmax(0, 5fr); } }
  @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
  @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
`],as=[is,T`
  .bar { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.5rem 0; margin-bottom: 0.6rem; border-bottom: 1px solid var(--faint); }
  .main { border-color: var(--accent); }
  .columns { display: grid; grid-template: "a c" / minmax(0, 6fr) minmax(0, 5fr); gap: 1.5rem 2rem; align-items: start; }
  .a { grid-area: a; display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .c { grid-area: c; }
  .came > div { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; }
  .beside { color: var(--dim); }
  .beside.differs { color: inherit; border-left: 3px solid var(--unknown); padding-left: 0.6rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; margin: 0.4rem 0; }
  th, td { text-align: left; padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid var(--faint); vertical-align: baseline; }
  thead th { color: var(--dim); font-size: 0.9em; }
  @media (max-width: 60rem) { .columns { grid-template: "a" "c" / minmax(0, 1fr); } }
  `];var we=class{constructor(){this.root=ls([],"")}visit(s){let e=this.root;s.run.forEach((t,n)=>{let i=e.children.get(t);i===void 0&&(i=ls(s.run.slice(0,n+1),s.trace.moves[n]?.said??""),e.children.set(t,i)),e.last=t,e=i}),e.link=s.link}at(s){let e=this.root;for(let t of s)e=e?.children.get(t)??null;return e}way(s){let e=s;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-s.run.length}}forward(s){let e=this.at(s);return e===null||e.last===null?null:e.children.get(e.last)??null}end(s){let e=this.forward(s);for(let t=e;t!==null;t=this.forward(t.run))e=t;return e}};function ls(r,s){return{run:r,said:s,link:null,children:new Map,last:null}}var hs=300,A=class extends k{constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.along=null;this.explored=null;this.kept=null;this.changed=!1;this.views=!1;this.near=!1;this.only="";this.fold=!1;this.wanted="";this.problem="";this.note="";this.walk=new we;this.asked=0;this.wandered=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let t=e.split("&m=")[0],n=this.setting!==null&&this.place!==null&&t===this.place.link.split("&m=")[0];await this.load(async()=>{let i=await Re(e);return n||(this.setting=await dt(i.link),this.explored=null,this.kept=null,this.walk=new we,this.drawn=null,document.title=f.concordant(this.setting.name)),i})};this.key=e=>{let{place:t}=this;t!==null&&(e.key==="Escape"&&e.composedPath()[0].matches?.("input[type=search]")&&(this.wanted=""),Ze(e,"run",this.help,{1:n=>this.moves?.buttons[Number(n)-1]?.click(),ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(t.run)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(t.run.length?this.walk.root:null),End:()=>this.go(this.walk.end(t.run)),m:()=>this.keep(),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,f:()=>this.fold=!this.fold,r:()=>this.wander(),a:()=>{this.explore()},c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}))}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e){this.asked+=1;let t=this.asked;try{let n=await e();t===this.asked&&this.show(n)}catch(n){if(!(n instanceof C))throw n;this.problem=n.message}}show(e){let t=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:n}=this;(!(n!==null&&e.run.every((o,l)=>n.run[l]===o))||e.run.length===n.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),t&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:t,back:n}=this.walk.way(e);this.load(()=>Re(t,{back:n}))}take(e){if(this.place===null)return;let{link:t}=this.place;this.load(()=>Re(t,{take:e}))}wander(){if(this.place===null||v!==null)return;let{link:e}=this.place;this.wandered+=1;let t=this.wandered;this.load(()=>Kt(e,t))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}stepped(e,t){t.stopPropagation(),this.go(this.walk.at(e.run.slice(0,t.detail)))}async seek(e){if(this.place===null)return;let t=this.place.link;this.sought?.news.state==="running"&&await Be(this.sought.news.id).catch(()=>null);try{let n=await qt(t,e);for(;;){if(this.sought!==null&&this.sought.news.id!==n.id&&Number(this.sought.news.id)>Number(n.id))return;if(this.sought={clause:e,since:t,news:n},n.state!=="running")break;await new Promise(i=>setTimeout(i,hs)),n=await ct(n.id)}n.link&&this.place?.link===t&&await this.load(()=>Re(n.link)),this.note=n.says}catch(n){if(!(n instanceof C))throw n;this.problem=n.message}}async alongRun(e){if(this.place===null)return;let{link:t,run:n,trace:i}=this.place;try{this.along={clause:e,run:n,moves:i.moves.map(o=>o.said),rows:await zt(t,e)}}catch(o){if(!(o instanceof C))throw o;this.problem=o.message}}async explore(){let{place:e,setting:t}=this;if(!(e===null||v!==null||this.explored?.state==="running"))try{for(let n=await Gt(e.link);;n=await ct(n.id)){if(this.setting!==t)return void Be(n.id).catch(()=>null);if(this.explored=n,n.state!=="running")return;await new Promise(i=>setTimeout(i,hs))}}catch(n){if(!(n instanceof C))throw n;this.problem=n.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note=f.theLinkToThisPlace}open(e){let t=e.target,n=t.files?.[0];t.value="",n!==void 0&&this.load(async()=>{let{departs:i,...o}=await Yt(n);return this.setting=await dt(o.link),this.walk=new we,this.kept=null,this.drawn=null,this.updateComplete.then(()=>this.note=i===null?f.asSaved:f.itDepartsFromWhatWas(i)),o})}keep(){this.kept=this.kept===null?this.place:null,this.note=this.kept===null?f.nothingIsComparedAnyMore:f.thisPlaceIsKeptGo}nextMove(e){let t=this.moves?.buttons??[],n=t.findIndex(i=>i.matches(":focus"));this.focusMove(n<0?e>0?0:t.length-1:Math.max(0,Math.min(t.length-1,n+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,t){this.renderRoot.querySelector(e)?.renderRoot.querySelector(t)?.focus()}render(){if(this.place===null||this.setting===null)return a`<main>${this.troubled()}${this.problem?d:a`<p class="dim" role="status">${f.findingTheRun}</p>`}</main>`;let{place:e,setting:t}=this;return a`<main>
      <header>
        ${Ke(t.name,t.scope)}
        ${this.elsewhere(t)}
        <p>${t.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,t)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
            .named=${ds(e)}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${n=>n.detail==="changed"?this.changed=!this.changed:this.views=!this.views}
          ></x-state>
          <x-moves
            .place=${e}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${n=>this.take(n.detail)}
            @look=${n=>this.looked=n.detail}
            @near=${n=>this.near=n.detail}
          ></x-moves>
          <x-flight .place=${e}></x-flight>
        </div>
        <div class="b">
          ${e.picture===null?d:a`<x-picture .picture=${e.picture} .moves=${e.run.length} @step=${n=>this.stepped(e,n)}></x-picture>`}
          ${this.picture(e)}
          <x-branches .walk=${this.walk} .run=${e.run} .kept=${this.kept?.run??null} @keep=${()=>this.keep()} @go=${n=>this.go(n.detail)}></x-branches>
          ${this.kept===null?d:a`<x-compared .kept=${this.kept} .place=${e} .names=${new Map(t.clauses.map(n=>[n.id,n.name]))} @go=${n=>this.go(this.walk.at(n.detail))}></x-compared>`}
        </div>
        <div class="c">
          <x-clauses
            .setting=${t}
            .place=${e}
            .sought=${this.sought}
            .explored=${this.explored}
            .along=${this.along}
            @along=${n=>{this.alongRun(n.detail)}}
            @step=${n=>this.go(this.walk.at(this.along?.run.slice(0,n.detail)??[]))}
            @explore=${()=>{this.explore()}}
            .wanted=${this.wanted}
            @seek=${n=>{this.seek(n.detail)}}
            @stop=${n=>{Be(n.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${v===null?d:a`<p class="dim beyond">${f.thisPageHoldsPlacesFrom(v.size)} <code>concordant explore '${e.link}'</code> ${f.goesOn}</p>`}
      ${Xe(Qe("run"))}
    </main>`}elsewhere(e){if(v!==null)return d;let t=[f.situations,e.situations,i=>i],n=[qe(e.stem,e.scopes),t,Ge(e.pitfalls)];return Ye(n,f.anotherScopeSituationOrMistake,f.lookAtAnotherScopeSituation(e.stem))}bar(e){let t=this.walk.forward(e.run);return a`<nav class="bar" aria-label=${f.theRun}>
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label=${f.toTheStart}>|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label=${f.back}>◀</button>
      <button @click=${()=>this.go(t)} ?disabled=${t===null} aria-label=${f.forward}>▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${t===null} aria-label=${f.forwardAsFarAsYou}>▶|</button>
      <span>${e.run.length===0?f.atTheStart:f.after(e.run.length,e.run.length===1?f.move:f.moves)}</span>
      <span class="space"></span>
      <input type="search" placeholder=${f.filter} aria-label=${f.filterMovesAndClauses} .value=${this.wanted} @input=${n=>this.wanted=n.target.value} />
      ${v===null?this.files(e):d}
      <button @click=${()=>this.help.showModal()} aria-label=${f.keys}>?</button>
    </nav>`}files(e){return a`<button @click=${()=>this.wander()} title=${f.someMovesAtRandomFrom}>${f.runOnAtRandom}</button>
      <button @click=${()=>{this.copy()}}>${f.copyLink}</button>
      <details class="menu">
        <summary>${f.save}</summary>
        <div>
          ${e.run.length?rs.map(([t,n,i])=>a`<a href=${Jt(e.link,t)} download=${i}>${n}</a>`):a`<span class="dim">${f.nothingToSave}</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">${f.open}</label></span>`}troubled(){return Je(this.problem,this.place!==null,()=>this.problem="")}last(e){let t=e.trace.moves.at(-1);return a`<div class="last" role="status" aria-live="polite">
      ${t===void 0?a`<p>${f.noneYet}</p>`:a`<p><strong>${t.said}</strong></p>
            ${t.effects.map(n=>a`<p class="effect">${n}</p>`)} ${t.changes.map(qs)}`}
      ${this.note?a`<p class="dim">${this.note}</p>`:d}
    </div>`}telling(e,t){let n=new Map(t.clauses.map(i=>[i.id,i]));return e.truths.filter(i=>i.here==="false here").map(i=>a`<div class="told" role="status"><strong class="bad">${f.falseHere(n.get(i.clause)?.name)}</strong> ${n.get(i.clause)?.sentence}</div>`)}picture(e){let{trace:t}=this.drawn??e;return a`<section aria-labelledby="picture">
      <h2 id="picture">${f.theRunAsAPicture}</h2>
      ${t.moves.length===0?a`<p class="dim">${f.itIsDrawnOnceA}</p>`:a`${this.drawing(t.lanes)}<c-spacetime
              tabindex="0"
              labels
              .only=${t.lanes.includes(this.only)?this.only:""}
              .fold=${this.fold}
              .named=${ds(e)}
              .trace=${t}
              .at=${e.run.length}
              @step=${n=>this.step(n.detail)}
            ></c-spacetime>
            ${t.lasso?a`<p>${t.lasso}</p>`:d}
            ${t.instead.length?a`<div class="acts">${t.instead.map((n,i)=>a`<p>${i===0?f.instead(t.acts??0,n):n}</p>`)}</div>`:d}
            <p class="legend">${t.legend.map(n=>a`<span>${n}</span>`)}</p>
            ${t.notation.map(n=>a`<p class="legend">${n}</p>`)}`}
    </section>`}drawing(e){return a`<p class="drawing dim">
      <select aria-label=${f.whoseMovesAreDrawn} .value=${this.only} @change=${t=>this.only=t.target.value}>
        <option value="">${f.allMoves}</option>
        ${e.map(t=>a`<option value=${t} ?selected=${t===this.only}>${f.movesOfAndWhatIt(t)}</option>`)}
      </select>
      <label><input type="checkbox" .checked=${this.fold} @change=${()=>this.fold=!this.fold} /> ${f.foldStepsOfTheirOwn} <kbd>f</kbd></label>
    </p>`}};A.styles=[R,os],p([w()],A.prototype,"setting",2),p([w()],A.prototype,"place",2),p([w()],A.prototype,"drawn",2),p([w()],A.prototype,"looked",2),p([w()],A.prototype,"sought",2),p([w()],A.prototype,"along",2),p([w()],A.prototype,"explored",2),p([w()],A.prototype,"kept",2),p([w()],A.prototype,"changed",2),p([w()],A.prototype,"views",2),p([w()],A.prototype,"near",2),p([w()],A.prototype,"only",2),p([w()],A.prototype,"fold",2),p([w()],A.prototype,"wanted",2),p([w()],A.prototype,"problem",2),p([w()],A.prototype,"note",2),p([me("x-moves")],A.prototype,"moves",2),p([me("dialog")],A.prototype,"help",2),A=p([E("x-explorer")],A);function ds(r){let s=new Set(r.processes.map(t=>t.who)),e=r.truths.filter(t=>t.here==="false here").flatMap(t=>t.facts);return new Set(e.flatMap(t=>_e(t.value)).filter(t=>s.has(t)))}function qs(r){let s=r.field?`${r.who}.${r.field}`:r.who;return a`<p class="value">${s}: ${J(r.before,r.after,"old")} → ${J(r.after,r.before,"new")}</p>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var de={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},cs=r=>(...s)=>({_$litDirective$:r,values:s}),Ve=class{constructor(s){}get _$AU(){return this._$AM._$AU}_$AT(s,e,t){this._$Ct=s,this._$AM=e,this._$Ci=t}_$AS(s,e){return this.update(s,e)}update(s,e){return this.render(...e)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{I:Si}=Nt;var ps=r=>r.strings===void 0;var Gs={},ms=(r,s=Gs)=>r._$AH=s;/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var us=cs(class extends Ve{constructor(r){if(super(r),r.type!==de.PROPERTY&&r.type!==de.ATTRIBUTE&&r.type!==de.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!ps(r))throw Error("`live` bindings can only contain a single expression")}render(r){return r}update(r,[s]){if(s===I||s===d)return s;let e=r.element,t=r.name;if(r.type===de.PROPERTY){if(s===e[t])return I}else if(r.type===de.BOOLEAN_ATTRIBUTE){if(!!s===e.hasAttribute(t))return I}else if(r.type===de.ATTRIBUTE&&e.getAttribute(t)===s+"")return I;return ms(r),s}});var V=class extends k{constructor(){super(...arguments);this.parts=[];this.typed=[];this.wrong="";this.last="";this.next="";this.key=e=>{let t=e.target,n={ArrowUp:-1,ArrowDown:1,Enter:e.shiftKey?-1:1}[e.key],[i,o,l]=t.dataset.where.split(" ").map(Number);n===void 0||o===void 0||t.localName==="select"&&e.key!=="Enter"||e.altKey||e.ctrlKey||e.metaKey||this.focusAt(`${i} ${o+n} ${l}`)&&e.preventDefault()}}first(){let e=[...this.renderRoot.querySelectorAll("input, select")];(e.find(t=>t.title!=="a name")??e[0])?.focus()}render(){let e=this.parts.flatMap((t,n)=>t.cell===null?[]:[{part:t,place:n,cell:t.cell}]);return a`${this.parts.map((t,n)=>t.table===null?d:this.table(t.name,t.table,n))}
      <div class="fields">
        ${e.map(({part:t,place:n,cell:i})=>a`<label>${t.name} ${this.cell(i,this.typed[n]??"",`${n}`,t.name)}</label>`)}
      </div>`}updated(e){!e.has("typed")||this.next===""||(this.focusAt(this.next),this.next="")}table(e,t,n){let i=this.typed[n]??[],o=t.keys.length>0,l=h=>t.rows[h]??t.blank;return a`<div class="wide">
        <table>
          <caption>${e}</caption>
          <thead>
            <tr>${o?a`<th scope="col"></th>`:d}${t.columns.map(h=>a`<th scope="col">${h}</th>`)}${t.most>t.least?a`<td></td>`:d}</tr>
          </thead>
          <tbody>
            ${i.map((h,c)=>a`<tr>
                ${o?a`<th scope="row">${t.keys[c]}</th>`:d}
                ${h.map((m,g)=>a`<td>${this.cell(l(c)[g],m,`${n} ${c} ${g}`,G.of(t.columns[g],t.keys[c]??(h[0]||G.row(c+1))))}</td>`)}
                ${t.most>t.least?a`<td><button class="away" aria-label=${G.takeAwayOf(h[0]||G.row(c+1))} title=${G.takeAway} @click=${()=>this.takeAway(n,c)}>✕</button></td>`:d}
              </tr>`)}
          </tbody>
        </table>
      </div>
      ${t.most>t.least?a`<button @click=${()=>this.add(n,t)} ?disabled=${i.length>=t.most}>${G.addARowTo(e)}</button>`:d}`}cell(e,t,n,i){if(e.says==="")return a`<span class="fixed">${t}</span>`;if(e.options.length)return a`<select aria-label=${i} data-where=${n} @change=${l=>this.type(l,n)} @keydown=${this.key}>
        ${e.options.map(l=>a`<option value=${l} ?selected=${l===t}>${l||G.nothing}</option>`)}
      </select>`;let o=this.wrong!==""&&this.last===n;return a`<input
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      size=${Math.max(7,Math.min(28,t.length+2))}
      aria-label=${i}
      aria-invalid=${o}
      title=${e.says}
      data-where=${n}
      .value=${us(t)}
      @input=${l=>this.type(l,n)}
      @change=${()=>this.dispatchEvent(new CustomEvent("left"))}
      @keydown=${this.key}
    />`}type(e,t){let[n,i,o]=t.split(" ").map(Number),{value:l}=e.target,h=this.typed[n],c=i===void 0||typeof h=="string"?l:h.map((m,g)=>g===i?m.map((S,P)=>P===o?l:S):m);this.edit(n,c,t)}add(e,t){let n=this.typed[e],i=n.at(-1)??t.blank.map(h=>h.text),o=new Set(n.map(h=>h[0])),l=i[0]??"";for(let h=n.length;t.blank[0]?.says==="a name"&&o.has(l);h+=1)l=`${l.replace(/\d+$/,"")}${h}`;this.next=`${e} ${n.length} ${Math.min(1,i.length-1)}`,this.edit(e,[...n,[l,...i.slice(1)]],`${e} added ${n.length}`)}takeAway(e,t){let n=this.typed[e];this.next=`${e} ${Math.max(0,t-1)} 0`,this.edit(e,n.filter((i,o)=>o!==t),`${e} without ${t}`)}edit(e,t,n){this.last=n;let i=this.typed.map((o,l)=>l===e?t:o);this.dispatchEvent(new CustomEvent("edit",{detail:{typed:i,where:n}}))}focusAt(e){let t=this.renderRoot.querySelector(`[data-where="${e}"]`);return t?.focus(),t?.select?.(),t!==null}};V.styles=[R,T`
      :host { display: block; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; margin: 0.2rem 0 0.4rem; }
      caption { text-align: left; color: var(--dim); font-size: 0.9em; padding: 0.2rem 0; }
      th { text-align: left; font-size: 0.9em; color: var(--dim); font-weight: 600; padding: 0.1rem 0.6rem 0.1rem 0; }
      td { padding: 0.1rem 0.4rem 0.1rem 0; }
      input, select { font: 14px/1.5 var(--mono); }
      input[aria-invalid="true"] { border-color: var(--bad); outline-color: var(--bad); }
      td input { width: 100%; box-sizing: border-box; min-width: 5rem; }
      .fields { display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; margin: 0.4rem 0; }
      label { display: inline-flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; color: var(--dim); font-size: 0.9em; max-width: 100%; }
      label input, label select { color: var(--ink); max-width: 100%; box-sizing: border-box; }
      .fixed { font: 13px/1.5 var(--mono); color: var(--dim); overflow-wrap: anywhere; }
      .away { border: 0; color: var(--dim); padding: 0.15rem 0.4rem; }
    `],p([u({attribute:!1})],V.prototype,"parts",2),p([u({attribute:!1})],V.prototype,"typed",2),p([u()],V.prototype,"wrong",2),V=p([E("x-sheet")],V);var gt=r=>r.map(s=>s.cell!==null?s.cell.text:s.table.rows.map(e=>e.map(t=>t.text)));var Ys=60,O=class extends k{constructor(){super(...arguments);this.table=null;this.typed=[];this.earlier=null;this.lies=null;this.searching=!1;this.problem="";this.note="";this.asked=0;this.timer=0;this.coming=Promise.resolve();this.typing="";this.edited="";this.followed=async()=>{let e=location.hash.slice(1);this.table!==null&&e===this.table.link||(this.edited="",await this.load(e,!0))};this.key=e=>{this.table!==null&&Ze(e,"rule",this.help,{g:()=>{this.search()},e:()=>this.sheet?.first(),c:()=>this.renderRoot.querySelector("x-clauses")?.shadowRoot?.querySelector("summary")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()})}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e,t){this.asked+=1;let n=this.asked;try{let i=await Dt(e);if(n!==this.asked)return;this.earlier=this.table?.name===i.name?this.table:null,this.table=i,t&&(this.typed=gt(i.parts)),this.problem="",this.note="",document.title=y.concordant(i.name)}catch(i){if(!(i instanceof C))throw i;n===this.asked&&(this.problem=i.message)}}edit({typed:e,where:t}){this.typed=e,this.typing=t,this.lies=null,clearTimeout(this.timer),this.timer=setTimeout(()=>this.coming=this.recompute(t),Ys)}async recompute(e){clearTimeout(this.timer),this.timer=0;let{table:t}=this;t!==null&&(await this.load(`${t.link.split(/[?&][mr]=/)[0]}${t.scope?"&":"?"}r=${encodeURIComponent(JSON.stringify(this.typed))}`,!1),!(this.problem||this.table===null||location.hash.slice(1)===this.table.link)&&(e===this.edited?history.replaceState(null,"",`#${this.table.link}`):history.pushState(null,"",`#${this.table.link}`),this.edited=e))}async settle(){this.timer!==0&&(this.coming=this.recompute(this.typing)),await this.coming,!this.problem&&this.table!==null&&(this.typed=gt(this.table.parts))}async search(){let{table:e}=this;if(!(e===null||!e.lies||this.searching)){this.searching=!0;try{this.lies={link:e.link,found:await Bt(e.link)}}catch(t){if(!(t instanceof C))throw t;this.problem=t.message}finally{this.searching=!1}}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note=y.theLinkToThisProfile}render(){let{table:e}=this;return e===null?a`<main>${this.troubled()}${this.problem?d:a`<p class="dim" role="status">${y.findingTheRule}</p>`}</main>`:a`<main>
      <header>
        ${Ke(e.name,e.scope)}
        ${this.elsewhere(e)}
        <p>${e.title}</p>
        <p class="dim">${e.scope?a`${y.itsRule} <strong>${e.rule}</strong>${y.ofProfilesSuchAsThese(e.shows)}`:e.shows}</p>
      </header>
      <nav class="bar" aria-label=${y.theProfile}>
        ${e.lies?a`<button class="main" @click=${()=>{this.search()}} ?disabled=${this.searching}>${y.whoGainsByLyingHere} <kbd aria-hidden="true">g</kbd></button>`:d}
        ${v===null?a`<button @click=${()=>{this.copy()}}>${y.copyLink}</button>`:d}
        <button @click=${()=>this.help.showModal()} aria-label=${y.keys}>?</button>
      </nav>
      ${this.troubled()} ${this.note?a`<p class="dim" role="status">${this.note}</p>`:d}
      <div class="columns">
        <div class="a">
          <section aria-labelledby="reports">
            <h2 id="reports">${y.whatIsReported}</h2>
            <x-sheet
              .parts=${e.parts}
              .typed=${this.typed}
              .wrong=${this.problem}
              @edit=${t=>this.edit(t.detail)}
              @left=${()=>{this.settle()}}
            ></x-sheet>
          </section>
          ${this.came(e)} ${this.gains()}
        </div>
        <div class="c">
          <x-clauses .setting=${e} .place=${e} .profiles=${e.scope?e.shows:y.thoseOfItsFamily}></x-clauses>
        </div>
      </div>
      ${v===null?d:a`<p class="dim beyond">${y.thisPageHoldsProfilesFrom(v.size)} <code>concordant explore '${e.link}'</code> ${y.goesOn}</p>`}
      ${Xe(Qe("rule"))}
    </main>`}came(e){let t=this.earlier!==null&&this.earlier.outcome.raised===null&&e.outcome.raised===null?this.earlier.outcome.value:null,n=e.right!==null&&$t(e.right)!==$t(e.outcome);return a`<section class="came" aria-labelledby="came">
      <h2 id="came">${y.whatComesOfIt}${this.problem?a` <span class="dim">${y.beforeWhatCannotBeRead}</span>`:d}</h2>
      <div role="status" aria-live="polite">
        ${e.outcome.raised===null?a`<p class="value">${H(e.outcome.value,t)}</p>`:a`<p class="value bad">${y.theRuleRaises(e.outcome.raised)}</p>`}
        ${e.right===null?d:a`<p class="beside ${n?"differs":""}">${n?y.theRightRuleMakesOf:y.theRightRuleMakesThe} ${n?a`<span class="value">${$t(e.right)}</span>`:d}</p>`}
        ${e.truths.filter(i=>i.here==="false here").map(i=>a`<p class="bad">${y.falseHere(e.clauses.find(o=>o.id===i.clause)?.name)}</p>`)}
      </div>
      ${e.notation.map(i=>a`<p class="legend">${i}</p>`)}
    </section>`}gains(){if(this.searching)return a`<p class="dim" role="status">${y.tryingMisreports}</p>`;if(this.lies===null||this.lies.link!==this.table?.link)return d;let{found:e}=this.lies,t=e.lies.filter(n=>n.pays);return a`<section aria-labelledby="gains">
      <h2 id="gains">${y.whoGainsByLyingHere}</h2>
      <p role="status" class=${t.length?"bad":""}>${Js(e.says)}</p>
      ${t.length?a`<div class="wide">
            <table>
              <thead><tr><th scope="col">${y.whoLies}</th><th scope="col">${y.how}</th><th scope="col">${y.honest}</th><th scope="col">${y.lying}</th><th scope="col">${y.then}</th></tr></thead>
              <tbody>
                ${t.map(n=>a`<tr>
                    <th scope="row">${n.who}</th>
                    <td><a href="#${n.link}">${n.says}</a></td>
                    <td>${n.gains}</td>
                    <td><strong>${n.would_gain}</strong></td>
                    <td class="value">${x(n.lying)}</td>
                  </tr>`)}
              </tbody>
            </table>
          </div>`:d}
      ${t.length?a`<p class="dim">${y.theNumbersAreWhatThe}</p>`:d}
    </section>`}elsewhere(e){return v!==null?d:Ye([qe(e.stem,e.scopes),Ge(e.pitfalls)],y.otherProfilesOrAMistake,y.lookAtOtherProfilesOr(e.stem))}troubled(){return Je(this.problem,this.table!==null,()=>this.problem="")}};O.styles=[R,as],p([w()],O.prototype,"table",2),p([w()],O.prototype,"typed",2),p([w()],O.prototype,"earlier",2),p([w()],O.prototype,"lies",2),p([w()],O.prototype,"searching",2),p([w()],O.prototype,"problem",2),p([w()],O.prototype,"note",2),p([me("dialog")],O.prototype,"help",2),p([me("x-sheet")],O.prototype,"sheet",2),O=p([E("x-rule")],O);var $t=r=>r.raised===null?x(r.value):y.anError(r.raised),Js=r=>`${r.charAt(0).toUpperCase()}${r.slice(1)}.`;var fs={system:"x-explorer",rule:"x-rule"},ce=null,vt=0,gs=null;async function $s(){let r=location.hash.slice(1),s=r.split(/[?&][mpr]=/)[0];if(ce!==null&&s===gs)return ce.followed();vt+=1;let e=vt,t=await Wt(r).catch(()=>"system");if(e===vt){if(gs=s,ce?.localName===fs[t])return ce.followed();ce?.remove(),ce=document.createElement(fs[t]),document.body.append(ce)}}addEventListener("hashchange",()=>{$s()});$s();})();
